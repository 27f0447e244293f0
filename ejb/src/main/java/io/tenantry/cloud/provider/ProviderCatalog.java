package io.tenantry.cloud.provider;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What a provider sells: regions, sizes and images. */
public record ProviderCatalog(List<Region> regions, List<Size> sizes, List<Image> images) {
    /**
     * A region.
     *
     * @param country ISO 3166, two upper-case letters; empty if not reported
     * @param open whether servers can be ordered there now
     */
    public record Region(String code, String name, String country, boolean open) {}

    /**
     * A size of server.
     *
     * @param family the provider's term, such as shared or dedicated cores
     * @param transferUnlimited whether the provider charges nothing for transfer
     * @param regions where it is sold; empty for everywhere
     * @param prices our purchase prices; empty if not reported
     */
    public record Size(
            String code,
            String name,
            String family,
            int vcpus,
            int memoryMib,
            int diskGib,
            int transferGib,
            boolean transferUnlimited,
            List<String> regions,
            List<Price> prices) {

        /** Creates a size with metered transfer. */
        public Size(
                String code,
                String name,
                String family,
                int vcpus,
                int memoryMib,
                int diskGib,
                int transferGib,
                List<String> regions,
                List<Price> prices) {
            this(code, name, family, vcpus, memoryMib, diskGib, transferGib, false, regions, prices);
        }
    }

    /**
     * The provider's price, before tax.
     *
     * @param region the region; empty for all regions without a price of their own
     */
    public record Price(Optional<String> region, Money hourly, Money monthly) {
        /** Creates a price with the decimals of {@link Money}; a ninth decimal, should a provider ever report one, is rounded HALF_UP. */
        public static Price of(Optional<String> region, BigDecimal hourly, BigDecimal monthly, Currency currency) {
            return new Price(region, money(hourly, currency), money(monthly, currency));
        }

        private static Money money(BigDecimal amount, Currency currency) {
            return new Money(amount.setScale(Money.SCALE, RoundingMode.HALF_UP), currency);
        }
    }

    /**
     * An operating-system image.
     *
     * @param family such as Debian
     * @param deprecated whether the provider is going to withdraw it
     */
    public record Image(String code, String name, String family, int diskMinGib, boolean deprecated) {}

    public ProviderCatalog {
        regions = List.copyOf(regions);
        sizes = List.copyOf(sizes);
        images = List.copyOf(images);
    }
}
