package io.tenantry.cloud.provider;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What a vendor sells: where, what, and with which system on it. */
public record ProviderCatalog(List<Region> regions, List<Size> sizes, List<Image> images) {
    /**
     * A place.
     *
     * @param country ISO 3166, two letters in upper case; empty if the vendor does not say
     * @param open whether servers can be ordered there now
     */
    public record Region(String code, String name, String country, boolean open) {}

    /**
     * A size of server.
     *
     * @param family such as shared or dedicated cores, in the vendor's word
     * @param transferUnlimited the vendor takes nothing for whatever is sent
     * @param regions where it is sold; empty for everywhere
     * @param prices what we pay; empty if the vendor does not say
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

        /** One whose transfer is counted. */
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
     * What the vendor takes, before tax.
     *
     * @param region where; empty for everywhere that has no price of its own
     */
    public record Price(Optional<String> region, Money hourly, Money monthly) {
        /** At the decimals that money has with us; should a vendor ever tell more, the ninth is rounded HALF_UP. */
        public static Price of(Optional<String> region, BigDecimal hourly, BigDecimal monthly, Currency currency) {
            return new Price(region, money(hourly, currency), money(monthly, currency));
        }

        private static Money money(BigDecimal amount, Currency currency) {
            return new Money(amount.setScale(Money.SCALE, RoundingMode.HALF_UP), currency);
        }
    }

    /**
     * A system to start with.
     *
     * @param family such as Debian
     * @param retiring the vendor will take it away
     */
    public record Image(String code, String name, String family, int diskMinGib, boolean retiring) {}

    public ProviderCatalog {
        regions = List.copyOf(regions);
        sizes = List.copyOf(sizes);
        images = List.copyOf(images);
    }
}
