package io.tenantry.web.staff;

import io.tenantry.provider.stock.Selling;
import io.tenantry.provider.stock.Stock;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of the sizes that {@link SellPage} makes plans of, as it is filled in. */
public final class Chosen implements Serializable {
    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final String title;
    private final boolean priced;
    private String code;
    private String name;
    private @Nullable BigDecimal cost;

    Chosen(Stock.Size size, String code) {
        id = size.id();
        title = size.name();
        priced = size.monthly().isPresent();
        this.code = code;
        name = size.name();
    }

    Selling.Item item() {
        return new Selling.Item(id, code.strip(), name, Optional.ofNullable(cost));
    }

    public UUID getId() {
        return id;
    }

    /** What the vendor calls it. */
    public String getTitle() {
        return title;
    }

    /** Whether the vendor says what it takes. */
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
