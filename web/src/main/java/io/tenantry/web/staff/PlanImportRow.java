package io.tenantry.web.staff;

import io.tenantry.cloud.provider.catalog.PlanImport;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of the sizes that {@link PlanImportPage} imports as plans, with its entered values. */
public final class PlanImportRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final String title;
    private final boolean priced;
    private String code;
    private String name;
    private @Nullable BigDecimal cost;

    PlanImportRow(ProviderSizes.Size size, String code) {
        id = size.id();
        title = size.name();
        priced = size.monthly().isPresent();
        this.code = code;
        name = size.name();
    }

    PlanImport.Item item() {
        return new PlanImport.Item(id, code.strip(), name, Optional.ofNullable(cost));
    }

    public UUID getId() {
        return id;
    }

    /** Returns the provider's name of the size. */
    public String getTitle() {
        return title;
    }

    /** Whether the provider states its price. */
    public boolean isPriced() {
        return priced;
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

    public @Nullable BigDecimal getCost() {
        return cost;
    }

    public void setCost(@Nullable BigDecimal cost) {
        this.cost = cost;
    }
}
