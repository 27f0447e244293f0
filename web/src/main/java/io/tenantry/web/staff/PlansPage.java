package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the reseller sells: plans with the price in force, the groups they stand in, the regions they run in. */
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
    Fmt fmt;

    private String code = "";
    private String name = "";
    private String country = "";
    private transient @Nullable List<Catalog.PlanView> plans;

    /** Whether plans may be shown. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_PLANS_VIEW);
    }

    /** Whether they may be changed. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }

    public List<Catalog.PlanView> getPlans() {
        var known = plans;
        if (known == null) {
            known = isOpen() ? catalog.plans() : List.of();
            plans = known;
        }
        return known;
    }

    public List<Catalog.Category> getCategories() {
        return catalog.categories();
    }

    public List<Catalog.Region> getRegions() {
        return catalog.regions();
    }

    /** Adds a group at the end, or renames one. */
    public void keepCategory() {
        if (isFit("category")) {
            var known =
                    catalog.categories().stream().map(Catalog.Category::code).toList();
            var at = known.indexOf(code);
            catalog.keepCategory(code, name.strip(), at < 0 ? known.size() + 1 : at + 1);
            Visit.go("/staff/plans", fmt.text("plans.kept", name.strip()));
        }
    }

    /** Adds a region, or renames it. */
    public void keepRegion() {
        if (isFit("region")) {
            catalog.keepRegion(new Catalog.Region(code, name.strip(), country.toUpperCase(Locale.ROOT)));
            Visit.go("/staff/plans", fmt.text("plans.kept", name.strip()));
        }
    }

    private boolean isFit(String form) {
        if (!CODE.matcher(code).matches()) {
            Visit.refuse(form + ":" + form + "-code", fmt.text("field.code"));
            return false;
        }
        return true;
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
