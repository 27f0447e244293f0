package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The creation of a plan: its size and regions; the price is published on the plan's own page. */
@Named
@ViewScoped
public class AddPlanPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MIB_A_GIB = 1024;

    @Inject
    Catalog catalog;

    @Inject
    Format format;

    private String code = "";
    private String name = "";
    private String category = "";
    private int vcpus = 1;
    private int memory = 1;
    private int disk = 20;
    private int transfer = 1;
    private boolean unlimited;
    private String[] regions = {};
    private transient @Nullable List<Catalog.Category> categories;
    private transient @Nullable List<Catalog.Region> allRegions;

    /** Adds the plan as a draft and redirects to its page. */
    public void add() {
        var outcome = catalog.add(new Catalog.Draft(
                code,
                name,
                category,
                new Plan.Size(
                        vcpus,
                        Math.multiplyExact(memory, MIB_A_GIB),
                        disk,
                        unlimited ? 0 : Math.multiplyExact(transfer, MIB_A_GIB),
                        unlimited),
                Set.of(regions)));
        if (outcome instanceof Catalog.Outcome.Done done) {
            PageResult.go("/staff/plan?id=" + done.id(), format.text("plan.added", name.strip()));
        } else if (outcome instanceof Catalog.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                var part = field.name().toLowerCase(Locale.ROOT);
                PageResult.refuse("add:" + part, format.text("field." + part));
            }
        }
    }

    public List<Catalog.Category> getCategories() {
        var known = categories;
        if (known == null) {
            known = catalog.categories();
            categories = known;
        }
        return known;
    }

    public List<Catalog.Region> getAllRegions() {
        var known = allRegions;
        if (known == null) {
            known = catalog.regions();
            allRegions = known;
        }
        return known;
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

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = Objects.requireNonNullElse(category, "");
    }

    public int getVcpus() {
        return vcpus;
    }

    public void setVcpus(int vcpus) {
        this.vcpus = vcpus;
    }

    /** Returns the memory in gigabytes. */
    public int getMemory() {
        return memory;
    }

    public void setMemory(int memory) {
        this.memory = memory;
    }

    /** Returns the disk in gigabytes. */
    public int getDisk() {
        return disk;
    }

    public void setDisk(int disk) {
        this.disk = disk;
    }

    /** Returns the monthly transfer in terabytes. */
    public int getTransfer() {
        return transfer;
    }

    public void setTransfer(int transfer) {
        this.transfer = transfer;
    }

    /** Whether transfer is unlimited, regardless of the number entered. */
    public boolean isUnlimited() {
        return unlimited;
    }

    public void setUnlimited(boolean unlimited) {
        this.unlimited = unlimited;
    }

    public String[] getRegions() {
        return regions.clone();
    }

    public void setRegions(String[] regions) {
        this.regions = regions.clone();
    }
}
