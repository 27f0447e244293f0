package io.tenantry.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.tax.DisplayedTax;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The wallet's cost includes tax; a price to which tax is added is not simply added to it. */
class OrderPriceTest {
    private static final Wallets.Balance WALLET = new Wallets.Balance(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Money.of("50", "EUR"),
            Money.of("0.119", "EUR"),
            Money.of("0", "EUR"),
            Money.of("0", "EUR"),
            Wallets.BalanceStatus.OK,
            Optional.empty());
    private static final Catalog.Offer OFFER = new Catalog.Offer(
            UUID.randomUUID(),
            "Small",
            new Plan.Size(1, 1024, 10, 1000),
            UUID.randomUUID(),
            Money.of("73", "EUR"),
            Money.of("0.1", "EUR"));

    @Test
    void addsTaxToThePriceBeforeAddingItToTheCostOfTheWallet() {
        assertThat(price(bears(false)).getRunRate()).isEqualTo(Money.of("0.238", "EUR"));
    }

    @Test
    void addsAPriceThatIncludesTaxAsItIs() {
        assertThat(price(bears(true)).getRunRate()).isEqualTo(Money.of("0.219", "EUR"));
    }

    @Test
    void addsAPriceWithoutTaxAsItIs() {
        assertThat(price(Optional.empty()).getRunRate()).isEqualTo(Money.of("0.219", "EUR"));
    }

    private static Optional<DisplayedTax.AppliedTax> bears(boolean isIncluded) {
        return Optional.of(new DisplayedTax.AppliedTax(TaxTreatment.TAXED, "DE", new BigDecimal("0.19"), isIncluded));
    }

    /** A server for 0.10 an hour, ordered by a customer whose services cost 0.119 an hour with tax. */
    private static OrderPrice price(Optional<DisplayedTax.AppliedTax> bears) {
        var price = new OrderPrice();
        price.selection = new OrderSelection() {
            @Override
            public Wallets.Balance getWallet() {
                return WALLET;
            }

            @Override
            public Catalog.Offer getPlan() {
                return OFFER;
            }
        };
        price.extras = new OrderAddons() {
            @Override
            public Money hourly(Money server) {
                return server;
            }
        };
        price.displayedTax = new DisplayedTax() {
            @Override
            public DisplayedTax.TaxNote of(UUID walletId, UUID planId) {
                return new DisplayedTax.TaxNote(DisplayedTax.Kind.NET, bears);
            }
        };
        return price;
    }
}
