package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of the form that sets one price of a draft. */
public class PriceItemForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private String kind = PriceKey.Kind.PLAN.name();
    private String provider = PriceKey.PLATFORM;
    private String code = "";
    private String region = "";
    private @Nullable BigDecimal monthly;
    private boolean orderable = true;

    PriceKey key() {
        return new PriceKey(
                        kind.equals(PriceKey.Kind.ADDON.name()) ? PriceKey.Kind.ADDON : PriceKey.Kind.PLAN,
                        provider.strip(),
                        code,
                        region)
                .tidied();
    }

    /** Returns the price; empty if the amount is missing or out of range. */
    Optional<PriceItem> priced(Currency currency) {
        return Optional.ofNullable(monthly)
                .filter(amount -> PriceItem.isPrice(amount, currency))
                .map(amount -> new PriceItem(key(), amount, orderable, Optional.empty()));
    }

    public String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = Objects.requireNonNullElse(kind, "");
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(@Nullable String provider) {
        this.provider = Objects.requireNonNullElse(provider, "");
    }

    public String getCode() {
        return code;
    }

    public void setCode(@Nullable String code) {
        this.code = Objects.requireNonNullElse(code, "");
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = Objects.requireNonNullElse(region, "");
    }

    public @Nullable BigDecimal getMonthly() {
        return monthly;
    }

    public void setMonthly(@Nullable BigDecimal monthly) {
        this.monthly = monthly;
    }

    public boolean isOrderable() {
        return orderable;
    }

    public void setOrderable(boolean orderable) {
        this.orderable = orderable;
    }
}
