package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.PlanList;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reseller's offer: plans with the price in force, their groups and their regions. */
@Named
@ViewScoped
public class PlansPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    @Inject
    CurrentPerson me;

    @Inject
    Catalog catalog;

    @Inject
    PlanList list;

    @Inject
    PlanColumns columns;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private String code = "";
    private String name = "";
    private String country = "";
    private @Nullable Integer retired;
    private transient @Nullable Table<Catalog.PlanView> table;
    private transient @Nullable Function<String, String> categoryNames;
    private transient @Nullable List<Catalog.Category> categories;
    private transient @Nullable List<Catalog.Region> regions;

    /** Whether the user may view plans. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_PLANS_VIEW);
    }

    /** Whether the user may change plans. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }

    public Table<Catalog.PlanView> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "plans",
                    "/staff/plans",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    listQuery -> isOpen() ? list.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Returns the label of a plan's group. */
    public String categoryOf(Catalog.PlanView plan) {
        var known = categoryNames;
        if (known == null) {
            known = columns.categories();
            categoryNames = known;
        }
        return known.apply(plan.category());
    }

    public List<Catalog.Category> getCategories() {
        var known = categories;
        if (known == null) {
            known = catalog.categories();
            categories = known;
        }
        return known;
    }

    public List<Catalog.Region> getRegions() {
        var known = regions;
        if (known == null) {
            known = catalog.regions();
            regions = known;
        }
        return known;
    }

    /** Adds a group at the end, or renames one. */
    public void keepCategory() {
        if (isFit("category")) {
            var known =
                    catalog.categories().stream().map(Catalog.Category::code).toList();
            var at = known.indexOf(code);
            catalog.keepCategory(code, name.strip(), at < 0 ? known.size() + 1 : at + 1);
            PageResult.go("/staff/plans", format.text("plans.kept", name.strip()));
        }
    }

    /** Adds a region, or renames it. */
    public void keepRegion() {
        if (isFit("region")) {
            catalog.keepRegion(new Catalog.Region(code, name.strip(), country.toUpperCase(Locale.ROOT)));
            PageResult.go("/staff/plans", format.text("plans.kept", name.strip()));
        }
    }

    private boolean isFit(String form) {
        if (!CODE.matcher(code).matches()) {
            PageResult.refuse(form + ":" + form + "-code", format.text("field.code"));
            return false;
        }
        return true;
    }

    /** Returns the number of plans that were just taken off sale, if that was requested. */
    public @Nullable Integer getRetired() {
        return retired;
    }

    public void setRetired(@Nullable Integer retired) {
        this.retired = retired;
    }

    public String getCode() {
        return code;
    }

    public void setCode(@Nullable String code) {
        this.code = Objects.requireNonNullElse(code, "");
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(@Nullable String country) {
        this.country = Objects.requireNonNullElse(country, "");
    }
}
