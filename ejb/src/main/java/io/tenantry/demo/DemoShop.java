package io.tenantry.demo;

import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.CurrencySettings;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.transfer.OveragePrices;
import io.tenantry.cloud.transfer.TransferPackOffers;
import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a brand of the story sells, at which prices and taxes, and what its site says. */
@Dependent
class DemoShop {
    @Inject
    Catalog catalog;

    @Inject
    AddonPrices options;

    @Inject
    CurrencySettings currencies;

    @Inject
    OveragePrices overagePrices;

    @Inject
    TransferPackOffers transferPackOffers;

    @Inject
    BillingParties billingParties;

    @Inject
    DemoTaxes taxes;

    @Inject
    StorefrontEditor editor;

    @Inject
    LegalTexts legal;

    @Inject
    MovableClock clock;

    private final Map<String, UUID> plans = new HashMap<>();

    /** Puts on sale what a brand sells, and publishes its site. */
    void open(DemoBrand brand) {
        for (var category : brand.categories()) {
            catalog.keepCategory(
                    category.code(), category.name(), brand.categories().indexOf(category) + 1);
        }
        brand.regions().forEach(catalog::keepRegion);
        for (var offered : brand.plans()) {
            var draft = new Catalog.Draft(
                    offered.code(), offered.name(), offered.category(), offered.size(), brand.regionCodes());
            var plan = done(catalog.add(draft));
            plans.put(brand + offered.code(), plan);
            done(catalog.publish(new Catalog.PriceDraft(plan, offered.price(), clock.instant())));
        }
        sellInAdditionalCurrency(brand);
        offer(AddonType.VOLUME, brand, "0.08");
        offer(AddonType.BACKUP, brand, "3.50");
        offerWeekly(brand, "2.50");
        offer(AddonType.SNAPSHOT, brand, "0.06");
        offer(AddonType.ADDRESS, brand, "2.50");
        offerTransfer(brand);
        written(brand.slug(), billingParties.sell(DemoBillingParties.seller(brand)));
        taxes.collect(brand);
        setUp(DemoSite.of(brand));
        publish(DemoLegal.of(brand));
    }

    /** Offers transfer beyond what plans include, and packs of it that are cheaper in advance. */
    private void offerTransfer(DemoBrand brand) {
        var perGib = overagePrices.publish(money(brand, "0.01"));
        var small = transferPackOffers.offer(new TransferPackOffers.Draft(1024, money(brand, "6.00"), Optional.of(3)));
        var large = transferPackOffers.offer(
                new TransferPackOffers.Draft(5 * 1024, money(brand, "25.00"), Optional.of(12)));
        if (perGib != OveragePrices.Outcome.DONE
                || small != TransferPackOffers.Outcome.DONE
                || large != TransferPackOffers.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no transfer: " + perGib + ", " + small + ", " + large);
        }
    }

    private static void written(String name, BillingParties.Outcome outcome) {
        if (!(outcome instanceof BillingParties.Outcome.Written)) {
            throw new IllegalStateException("the demo's documents do not know " + name + ": " + outcome);
        }
    }

    /** Records how a customer is named on documents, and that it is a business. */
    void know(Customer customer, UUID organizationId, InvoiceBuyer invoiceBuyer) {
        written(customer.name(), billingParties.buy(organizationId, invoiceBuyer));
        taxes.prove(organizationId, invoiceBuyer);
    }

    private static Money money(DemoBrand brand, String amount) {
        return Money.of(amount, brand.plans().get(0).price().currency().getCurrencyCode());
    }

    /** Sets prices of plans in the additional currency. */
    private void sellInAdditionalCurrency(DemoBrand brand) {
        var outcome = currencies.open(brand.additionalCurrency());
        if (outcome != CurrencySettings.Outcome.DONE) {
            throw new IllegalStateException("the demo does not sell in " + brand.additionalCurrency() + ": " + outcome);
        }
        for (var offered : brand.plans()) {
            done(catalog.publish(new Catalog.PriceDraft(
                    plan(brand, offered.code()), brand.additionalCurrency(offered.price()), clock.instant())));
        }
    }

    private void offer(AddonType kind, DemoBrand brand, String monthly) {
        var price = money(brand, monthly);
        var outcome = options.publish(kind, Optional.of(price), Optional.empty());
        if (outcome == AddonPrices.Outcome.DONE) {
            outcome = options.publish(kind, Optional.of(brand.additionalCurrency(price)), Optional.empty());
        }
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no " + kind.word() + " at " + monthly + ": " + outcome);
        }
    }

    private void offerWeekly(DemoBrand brand, String monthly) {
        var outcome = options.publish(Policy.WEEKLY, Optional.of(money(brand, monthly)), Optional.empty());
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no weekly backups at " + monthly + ": " + outcome);
        }
    }

    private void setUp(DemoSite site) {
        site.words().forEach(editor::saveTexts);
        site.questions()
                .forEach((language, questions) ->
                        questions.forEach(faqEntry -> editor.add(language, faqEntry.question(), faqEntry.answer())));
        site.places().forEach(editor::locate);
    }

    private void publish(Map<LegalTexts.Kind, String> texts) {
        texts.forEach((kind, text) -> {
            if (legal.publish(kind, text, 0) != LegalTexts.Outcome.DONE) {
                throw new IllegalStateException("the demo does not publish its " + kind);
            }
        });
    }

    /** Announces the later prices of all plans. */
    void newPrices(DemoEvent.PricesChanged prices) {
        for (var offered : prices.brand().plans()) {
            done(catalog.publish(new Catalog.PriceDraft(
                    plan(prices.brand(), offered.code()),
                    prices.brand().additionalCurrency(offered.laterPrice()),
                    prices.validFrom())));
            done(catalog.publish(new Catalog.PriceDraft(
                    plan(prices.brand(), offered.code()), offered.laterPrice(), prices.validFrom())));
        }
    }

    /** Returns the plan of a brand. */
    UUID plan(DemoBrand brand, String code) {
        return DemoPeople.known(plans.get(brand + code), code);
    }

    private static UUID done(Catalog.Outcome outcome) {
        if (outcome instanceof Catalog.Outcome.Done done) {
            return done.id();
        }
        throw new IllegalStateException("the demo's catalogue was refused: " + outcome);
    }
}
