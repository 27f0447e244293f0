package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.WholesalePrices.Quote;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.catalog.PlanImport.Outcome;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No item that a reseller published for its own provider account lacks a wholesale price once the account is the platform's. */
class PlatformTakeoverTest {
    private static final String SLUG = "takeover";

    private final PlanImportFixture planImportFixture = new PlanImportFixture(SLUG);
    private UUID account = new UUID(0, 0);
    private static int lists;

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void prepareCatalog() {
        Database.asOwner("alter table t_takeover.price_version disable trigger user");
        Database.asOwner("alter table t_takeover.addon_price disable trigger user");
        for (var table : List.of(
                "service_operation",
                "service",
                "plan_source",
                "provider_account",
                "price_version",
                "addon_price",
                "plan_region",
                "plan",
                "region",
                "category")) {
            Database.asOwner("delete from t_takeover." + table);
        }
        Database.asOwner("alter table t_takeover.addon_price enable trigger user");
        Database.asOwner("alter table t_takeover.price_version enable trigger user");
        account = planImportFixture.providerAccountFixture.account("Main", PlanImportFixture.PANEL, "token-1");
        planImportFixture.take(account, PlanImportFixture.readCatalog("5.50", "6.00"));
        runAsOwner(() -> {
            planImportFixture.catalog.keepCategory("vps", "VPS", 1);
            return planImportFixture.providerRegions.adopt(
                    planImportFixture.providerRegions.find(ListQuery.of(10)).rows().stream()
                            .map(ProviderRegions.ProviderRegion::id)
                            .toList());
        });
        publishPrices(Map.of(planKey("other"), "5"));
    }

    @AfterEach
    void close() {
        planImportFixture.close();
    }

    private <T> T runAsOwner(Supplier<T> work) {
        return planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, work);
    }

    private static PriceKey planKey(String code) {
        return PriceFixture.plan("virtfusion", code, "");
    }

    private static PriceKey optionKey(String code) {
        return PriceFixture.addon("virtfusion", code);
    }

    /** Tests share the reseller: each version replaces those before it. */
    private void publishPrices(Map<PriceKey, String> prices) {
        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                ProviderAccountFixture.NOON.minus(Duration.ofHours(1)).plusSeconds(++lists),
                prices);
    }

    private static void offer(String kind, String policy, int version, String monthly, String from) {
        Database.asOwner(
                "insert into t_takeover.addon_price (id, kind, policy, version, currency, monthly, wholesale, valid_from, published_at, published_by) values (gen_random_uuid(), '"
                        + kind + "', " + policy + ", " + version + ", 'EUR', " + monthly + ", 0, '" + from + "', '"
                        + from + "', 'test')");
    }

    private void takeOverAccount() {
        takeOverAccount("2026-11-01T00:00:00Z");
    }

    private void takeOverAccount(String from) {
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values ('" + PriceFixture.account(planImportFixture.providerAccountFixture.tenant, "EUR")
                        + "', '" + account
                        + "', true, '" + from + "', '" + from + "', 'test')");
    }

    private List<PriceKey> missing() {
        return runAsOwner(() -> planImportFixture.wholesale.missingIn(account, ProviderAccountFixture.NOON));
    }

    private UUID sold() {
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("small")))
                .isInstanceOf(Outcome.Done.class);
        return UUID.fromString(planImportFixture
                .providerAccountFixture
                .texts("id::text", "plan")
                .get(0));
    }

    @Test
    void requiresPricesForOfferedOptions() {
        offer("VOLUME", "null", 1, "0.10", "2026-01-01T00:00:00Z");
        offer("BACKUP", "'DAILY'", 1, "2", "2026-01-01T00:00:00Z");
        offer("ADDRESS", "null", 1, "3", "2099-01-01T00:00:00Z");
        assertThat(missing())
                .as("present and future offers")
                .containsExactly(optionKey("ADDRESS"), optionKey("BACKUP"), optionKey("VOLUME"));

        publishPrices(Map.of(optionKey("VOLUME"), "0.05", optionKey("BACKUP_DAILY"), "1"));
        assertThat(missing()).containsExactly(optionKey("ADDRESS"));

        publishPrices(Map.of(optionKey("VOLUME"), "0.05", optionKey("BACKUP"), "1", optionKey("ADDRESS"), "0"));
        assertThat(missing()).as("zero is a price").isEmpty();
    }

    @Test
    void requiresNoPriceForAWithdrawnOption() {
        offer("VOLUME", "null", 1, "0.10", "2026-01-01T00:00:00Z");
        offer("VOLUME", "null", 2, "null", "2026-02-01T00:00:00Z");
        offer("SNAPSHOT", "null", 1, "0.10", "2026-01-01T00:00:00Z");
        offer("SNAPSHOT", "null", 2, "null", "2099-01-01T00:00:00Z");
        assertThat(missing()).containsExactly(optionKey("SNAPSHOT"));
    }

    @Test
    void reinstatesARetiredPlanOnlyWithAWholesalePrice() {
        var plan = sold();
        assertThat(runAsOwner(() -> planImportFixture.catalog.retire(plan))).isEqualTo(Plan.State.ON_SALE);
        assertThat(missing()).isEmpty();
        takeOverAccount();
        assertThat(runAsOwner(() -> planImportFixture.catalog.reinstate(plan, Plan.State.ON_SALE)))
                .as("it was published without a wholesale price")
                .isFalse();
        assertThat(planImportFixture.providerAccountFixture.texts("state", "plan"))
                .containsExactly("RETIRED");

        publishPrices(Map.of(planKey("small"), "5"));
        assertThat(runAsOwner(() -> planImportFixture.catalog.reinstate(plan, Plan.State.ON_SALE)))
                .isTrue();
    }

    private UUID createPlatformPlan() {
        var size = new Plan.Size(3, 3_072, 30, 0, true);
        var added = runAsOwner(
                () -> planImportFixture.catalog.add(new Catalog.Draft("plain", "Plain", "vps", size, Set.of("fra"))));
        return ((Catalog.Outcome.Done) added).id();
    }

    private Catalog.Outcome publish(UUID plan) {
        return runAsOwner(() -> planImportFixture.catalog.publish(
                new Catalog.PriceDraft(plan, Money.of("20", "EUR"), ProviderAccountFixture.NOON.plusSeconds(1))));
    }

    @Test
    void sellsAPlanOfThePlatformOnlyOnceItsOptionsHavePrices() {
        offer("VOLUME", "null", 1, "0.10", "2026-01-01T00:00:00Z");
        offer("BACKUP", "'DAILY'", 1, "2", "2026-01-01T00:00:00Z");
        var made = createPlatformPlan();
        var size = PriceFixture.plan(PriceKey.PLATFORM, "3-3072-30-unlimited", "");
        publishPrices(Map.of(size, "5"));
        assertThat(publish(made)).isEqualTo(new Catalog.Outcome.Invalid(List.of(Catalog.Field.WHOLESALE)));
        assertThat(runAsOwner(() -> planImportFixture.wholesale.ofPlan(made, ProviderAccountFixture.NOON)))
                .isEqualTo(new Quote.Missing(List.of(
                        PriceFixture.addon(PriceKey.PLATFORM, "BACKUP"),
                        PriceFixture.addon(PriceKey.PLATFORM, "VOLUME"))));

        var backups = PriceFixture.addon(PriceKey.PLATFORM, "BACKUP");
        var volumes = PriceFixture.addon(PriceKey.PLATFORM, "VOLUME");
        publishPrices(Map.of(size, "5", backups, "1", volumes, "0.05"));
        assertThat(publish(made)).isInstanceOf(Catalog.Outcome.Done.class);
        publishPrices(Map.of(size, "5"));
        runAsOwner(() -> planImportFixture.catalog.retire(made));
        assertThat(runAsOwner(() -> planImportFixture.catalog.reinstate(made, Plan.State.ON_SALE)))
                .as("options may have been published meanwhile")
                .isFalse();
    }

    @Test
    void sellsASizeOnlyOnceOptionsHavePrices() {
        offer("VOLUME", "null", 1, "0.10", "2026-01-01T00:00:00Z");
        takeOverAccount();
        publishPrices(Map.of(planKey("small"), "5"));
        var small = planImportFixture.item("small");
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), small))
                .isEqualTo(new Outcome.Invalid(
                        List.of(new PlanImport.Fault(Optional.of(small.sizeId()), PlanImport.Field.WHOLESALE))));
        publishPrices(Map.of(planKey("small"), "5", optionKey("VOLUME"), "0.05"));
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), small))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void requiresNoOptionPricesWhileNothingIsSold() {
        takeOverAccount();
        assertThat(quoteForVolume()).isInstanceOf(Quote.OwnAccount.class);
        publishPrices(Map.of(planKey("small"), "5"));
        sold();
        assertThat(quoteForVolume()).isEqualTo(new Quote.Missing(List.of(optionKey("VOLUME"))));
    }

    /** Creates a running server of a plan. */
    private void createServer(UUID plan, String place) {
        var made = place.equals("null") ? "null" : "'" + account + "'";
        Database.asOwner("""
                set session_replication_role = replica;
                insert into t_takeover.service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state,
                                                ordered_at, account, provider_region, provider_size, provider_image)
                values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'VPS', 'web', '%s', gen_random_uuid(), 'fra', 'sandbox',
                        'ACTIVE', now(), %s, %s, %s, %s);
                set session_replication_role = origin;
                """.formatted(plan, made, place, place, place));
    }

    private Quote quoteForVolume() {
        return runAsOwner(() -> planImportFixture.wholesale.ofOption(List.of("VOLUME"), ProviderAccountFixture.NOON));
    }

    @Test
    void requiresOptionPricesForServersOfARetiredPlan() {
        var made = createPlatformPlan();
        createServer(made, "null");
        runAsOwner(() -> planImportFixture.catalog.retire(made));
        assertThat(quoteForVolume())
                .isEqualTo(new Quote.Missing(List.of(PriceFixture.addon(PriceKey.PLATFORM, "VOLUME"))));
    }

    @Test
    void requiresAPriceWhereServersStillRun() {
        publishPrices(Map.of(PriceFixture.plan("virtfusion", "small", "fra"), "5"));
        var plan = sold();
        assertThat(missing()).isEmpty();
        createServer(plan, "'nyc'");
        assertThat(missing()).containsExactly(PriceFixture.plan("virtfusion", "small", "nyc"));
        runAsOwner(() -> planImportFixture.catalog.retire(plan));
        assertThat(missing()).containsExactly(PriceFixture.plan("virtfusion", "small", "nyc"));
    }

    @Test
    void reinstatesAPlanInTheResellersOwnAccount() {
        var plan = sold();
        runAsOwner(() -> planImportFixture.catalog.retire(plan));
        assertThat(runAsOwner(() -> planImportFixture.catalog.reinstate(plan, Plan.State.ON_SALE)))
                .isTrue();
    }

    /** A form that was loaded before the account became the platform's is submitted after it. */
    @Test
    void usesPresentPricesForABackdatedPublication() {
        var plan = sold();
        var began = ProviderAccountFixture.NOON.minusSeconds(20);
        takeOverAccount(began.toString());
        var draft = new Catalog.PriceDraft(plan, Money.of("20", "EUR"), began.minusSeconds(10));
        assertThat(runAsOwner(() -> planImportFixture.catalog.publish(draft)))
                .isEqualTo(new Catalog.Outcome.Invalid(List.of(Catalog.Field.WHOLESALE)));
        assertThat(runAsOwner(() -> options().publish(AddonType.VOLUME, price("1"), Optional.of(draft.validFrom()))))
                .isEqualTo(AddonPrices.Outcome.NO_WHOLESALE);

        publishPrices(Map.of(planKey("small"), "5", optionKey("VOLUME"), "0.05"));
        assertThat(runAsOwner(() -> planImportFixture.catalog.publish(draft))).isInstanceOf(Catalog.Outcome.Done.class);
        assertThat(runAsOwner(() -> options().publish(AddonType.VOLUME, price("1"), Optional.of(draft.validFrom()))))
                .isEqualTo(AddonPrices.Outcome.DONE);
        assertThat(planImportFixture.providerAccountFixture.texts("wholesale::float8::text", "addon_price"))
                .containsExactly("0.05");
    }

    private static Optional<Money> price(String monthly) {
        return Optional.of(Money.of(monthly, "EUR"));
    }

    private AddonPrices options() {
        return planImportFixture.options();
    }

    /** The server will have the plan, although none has it yet and it can no longer be ordered. */
    @Test
    void requiresAPriceForTheTargetPlanOfAResize() {
        publishPrices(Map.of(PriceFixture.plan("virtfusion", "small", "fra"), "5"));
        var plan = sold();
        runAsOwner(() -> planImportFixture.catalog.retire(plan));
        var other = createPlatformPlan();
        createServer(other, "'nyc'");
        assertThat(missing()).isEmpty();
        Database.asOwner("""
                set session_replication_role = replica;
                insert into t_takeover.service_operation (id, service_id, kind, plan_id, price_version_id, provider_size)
                select gen_random_uuid(), s.id, 'RESIZE', '%s', gen_random_uuid(), 'small' from t_takeover.service s;
                set session_replication_role = origin;
                """.formatted(plan));
        assertThat(missing()).containsExactly(PriceFixture.plan("virtfusion", "small", "nyc"));
    }
}
