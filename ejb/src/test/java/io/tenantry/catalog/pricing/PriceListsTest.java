package io.tenantry.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.catalog.pricing.PriceLists.Outcome;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.settlement.SettlementFixture;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Versions of price lists: drafts change, published versions do not, and nothing on sale is ever left without a price. */
class PriceListsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Currency PLN = Currency.getInstance("PLN");
    private static final Currency CZK = Currency.getInstance("CZK");
    private static final PriceKey SMALL = PriceFixture.plan("linode", "small", "");
    private static final PriceKey LARGE = PriceFixture.plan("linode", "large", "");

    private static final SettlementFixture COUNTER = createFixture();
    private final PriceLists lists = new PriceLists(
            COUNTER.billingFixture.sql,
            COUNTER.billingFixture.clock,
            new Access(COUNTER.billingFixture.sql),
            InvoicingFixture.trail(COUNTER.billingFixture),
            new TenantDirectory(Database.administration()),
            COUNTER.resellerAccounts());
    private final PriceListQuery query = new PriceListQuery(
            COUNTER.billingFixture.sql, COUNTER.billingFixture.clock, new Access(COUNTER.billingFixture.sql));
    private final PriceListPublications publications = new PriceListPublications(
            COUNTER.billingFixture.sql,
            COUNTER.billingFixture.clock,
            new Access(COUNTER.billingFixture.sql),
            InvoicingFixture.trail(COUNTER.billingFixture),
            query);

    private static SettlementFixture createFixture() {
        var made = new SettlementFixture("lists-a", "PLN", "Europe/Warsaw");
        made.billingFixture.clock.stopAt(NOON);
        return made;
    }

    private <T> T asOperator(Supplier<T> work) {
        return COUNTER.platform(work);
    }

    private static PriceItem item(PriceKey key, String monthly) {
        return new PriceItem(key, new BigDecimal(monthly), true, Optional.empty());
    }

    private UUID open(Currency currency) {
        Outcome outcome = asOperator(() -> lists.open(currency));
        return outcome instanceof Outcome.Exists exists ? exists.id() : ((Outcome.Done) outcome).id();
    }

    private Outcome publish(UUID list, Instant from, PriceItem... items) {
        return asOperator(() -> {
            var draft = lists.draft(list);
            assertThat(lists.replace(draft, List.of(items))).isInstanceOf(Outcome.Done.class);
            return publications.publish(draft, Optional.of(from), "because");
        });
    }

    @Test
    void versionsCannotBeChangedOncePublished() {
        var list = open(PLN);
        assertThat(publish(list, NOON.minus(Duration.ofHours(1)), item(SMALL, "5")))
                .as("started hours keep their price")
                .isEqualTo(new Outcome.TooEarly(NOON));
        for (var slip : List.of(NOON.plus(Duration.ofDays(3_654)), Instant.parse("+300000-01-01T00:00:00Z"))) {
            assertThat(publish(list, slip, item(SMALL, "5")))
                    .as("an implausible date")
                    .isEqualTo(new Outcome.TooLate(NOON.plus(Duration.ofDays(3_653))));
        }
        assertThat(publish(list, Instant.parse("-0300-01-01T00:00:00Z"), item(SMALL, "5")))
                .isEqualTo(new Outcome.TooEarly(NOON));
        assertThat(publish(list, NOON.minusSeconds(30), item(SMALL, "5")))
                .as("filling in a form takes time")
                .isInstanceOf(Outcome.Done.class);
        var first = asOperator(() -> query.versions(list)).get(0);
        assertThat(first.validFrom()).contains(NOON);
        assertThat(asOperator(() -> lists.put(first.id(), List.of(item(SMALL, "0")))))
                .isEqualTo(new Outcome.Published());
        assertThat(asOperator(() -> lists.discard(first.id()))).isEqualTo(new Outcome.Published());
        assertThat(asOperator(() -> publications.publish(first.id(), Optional.empty(), "")))
                .isEqualTo(new Outcome.Published());

        assertThat(publish(list, NOON.plusSeconds(60), item(LARGE, "9")))
                .as("an item that was priced stays priced")
                .isEqualTo(new Outcome.Missing(List.of(SMALL)));
        assertThat(publish(list, NOON.plusSeconds(60), item(SMALL, "6"), item(LARGE, "9")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(publish(list, NOON.plusSeconds(30), item(SMALL, "7"), item(LARGE, "9")))
                .isEqualTo(new Outcome.TooEarly(NOON.plusSeconds(60)));
        assertThat(publish(list, NOON.plusSeconds(60), item(SMALL, "7"), item(LARGE, "9")))
                .as("a correction from the same instant")
                .isInstanceOf(Outcome.Done.class);
        var versions = asOperator(() -> query.versions(list));
        assertThat(asOperator(() ->
                        query.compare(versions.get(1).id(), versions.get(0).id())))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before().orElseThrow().monthly()).isEqualByComparingTo("6");
                    assertThat(change.after().orElseThrow().monthly()).isEqualByComparingTo("7");
                });

        // A reseller's list contains only keys for which the general list has a price.
        assertThat(Database.texts("select id::text from platform.reseller_ledger_account where tenant = 'lists-a'"))
                .as("its first month is not over")
                .isEmpty();
        var own = ((Outcome.Done) asOperator(() -> lists.openForReseller(COUNTER.billingFixture.tenant))).id();
        var other = PriceFixture.plan("linode", "other", "");
        assertThat(publish(own, NOON, item(other, "1"))).isEqualTo(new Outcome.Unlisted(List.of(other)));
        assertThat(publish(own, NOON, item(SMALL, "4"))).isInstanceOf(Outcome.Done.class);
        var lines = COUNTER.billingFixture.in(() -> ResellerPrices.lines(
                new WholesalePrices(COUNTER.billingFixture.sql, new TenantDirectory(Database.administration()))
                        .book(NOON),
                NOON));
        assertThat(lines)
                .extracting(line -> line.key().code() + " "
                        + line.monthly().map(Object::toString).orElse("-"))
                .containsExactly("large -", "small 4.00000000 PLN");
    }

    @Test
    void notifiesStaffOnceOfPricesForTheirReseller() {
        var list = open(CZK);
        assertThat(publish(list, NOON, item(SMALL, "5"))).isInstanceOf(Outcome.Done.class);
        var settlementFixture = new SettlementFixture("lists-b", "CZK", "Europe/Prague");
        settlementFixture.billingFixture.clock.stopAt(NOON.plusSeconds(5));
        var notices = new PriceListNotifications(
                settlementFixture.billingFixture.sql,
                settlementFixture.billingFixture.clock,
                new TenantDirectory(Database.administration()));
        var person = UUID.randomUUID();
        var schema = settlementFixture.billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person
                + "', 'a@lists-b.example', 'A', now())");
        Database.asOwner("insert into " + schema + ".staff_member (person_id, role, role_kind, joined_at) values ('"
                + person + "', 'staff_owner', 'STAFF', now())");
        for (var round = 0; round < 2; round++) {
            try (var actorScope = Actors.enter(Actor.system("test"))) {
                assertThat(settlementFixture.billingFixture.in(notices::send)).isEqualTo(1);
            }
            assertThat(Database.texts("select kind || ' ' || detail || ' ' || path from " + schema + ".notification"))
                    .containsExactly("WHOLESALE_PRICES 2026-11-21 wholesale-prices");
        }
    }

    @Test
    void notifiesOfAWithdrawalThoseNotifiedOfTheVersion() {
        var list = open(Currency.getInstance("HUF"));
        assertThat(publish(list, NOON, item(SMALL, "5"))).isInstanceOf(Outcome.Done.class);
        var later = asOperator(() -> {
            var draft = lists.draft(list);
            lists.replace(draft, List.of(item(SMALL, "6")));
            publications.publish(draft, Optional.of(NOON.plus(Duration.ofDays(20))), "");
            return draft;
        });
        var untold = asOperator(() -> {
            var draft = lists.draft(list);
            lists.replace(draft, List.of(item(SMALL, "7")));
            publications.publish(draft, Optional.of(NOON.plus(Duration.ofDays(30))), "");
            return draft;
        });
        var withdrawals = new PriceListWithdrawals(
                COUNTER.billingFixture.sql,
                COUNTER.billingFixture.clock,
                new Access(COUNTER.billingFixture.sql),
                InvoicingFixture.trail(COUNTER.billingFixture),
                query);
        asOperator(() -> withdrawals.withdraw(untold));
        var settlementFixture = new SettlementFixture("lists-w", "HUF", "Europe/Budapest");
        settlementFixture.billingFixture.clock.stopAt(NOON.plusSeconds(5));
        var notices = new PriceListNotifications(
                settlementFixture.billingFixture.sql,
                settlementFixture.billingFixture.clock,
                new TenantDirectory(Database.administration()));
        var person = UUID.randomUUID();
        var schema = settlementFixture.billingFixture.tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person
                + "', 'a@lists-w.example', 'A', now())");
        Database.asOwner("insert into " + schema + ".staff_member (person_id, role, role_kind, joined_at) values ('"
                + person + "', 'staff_owner', 'STAFF', now())");
        try (var actorScope = Actors.enter(Actor.system("test"))) {
            assertThat(settlementFixture.billingFixture.in(notices::send)).isEqualTo(2);
        }
        assertThat(asOperator(() -> withdrawals.withdraw(later))).isInstanceOf(PriceListWithdrawals.Outcome.Done.class);
        for (var round = 0; round < 2; round++) {
            try (var actorScope = Actors.enter(Actor.system("test"))) {
                settlementFixture.billingFixture.in(notices::send);
            }
            assertThat(Database.texts("select kind || ' ' || detail || ' ' || path from " + schema
                            + ".notification where kind = 'WHOLESALE_WITHDRAWN'"))
                    .containsExactly("WHOLESALE_WITHDRAWN 2026-12-11 wholesale-prices");
        }
    }

    @Test
    void doesNotRestoreDiscontinuedItemsFromProviderPrices() {
        var list = open(Currency.getInstance("THB"));
        var draft = asOperator(() -> lists.draft(list));
        var newPlace = PriceFixture.plan("linode", "large", "fra");
        asOperator(() -> lists.replace(
                draft,
                List.of(
                        item(SMALL, "5"),
                        new PriceItem(LARGE, new BigDecimal("9"), false, Optional.empty()),
                        new PriceItem(
                                PriceFixture.plan("linode", "gone", ""),
                                new BigDecimal("3"),
                                false,
                                Optional.empty()))));
        var prefill = new PriceListPrefill(
                new Access(COUNTER.billingFixture.sql),
                COUNTER.billingFixture.clock,
                new TenantDirectory(Database.administration()),
                lists,
                query,
                new ProviderCosts() {
                    @Override
                    public List<Cost> costs(TenantId tenant, UUID account) {
                        return List.of(cost(SMALL, "10"), cost(LARGE, "20"), cost(newPlace, "30"));
                    }
                },
                new ExchangeRates(COUNTER.billingFixture.sql));
        assertThat(asOperator(
                        () -> prefill.fill(draft, COUNTER.billingFixture.tenant, UUID.randomUUID(), BigDecimal.TEN)))
                .isEqualTo(new PriceListPrefill.Outcome.Done(3));
        assertThat(asOperator(() -> query.items(draft)))
                .extracting(item -> (item.key().code() + " " + item.key().region()).strip() + " "
                        + item.monthly().stripTrailingZeros().toPlainString() + " " + item.orderable())
                .containsExactly("gone 3 false", "large 22 false", "large fra 33 false", "small 11 true");
    }

    @Test
    void keepsTheCostOfPricesUnchangedByAFile() {
        var list = open(Currency.getInstance("ILS"));
        var draft = asOperator(() -> lists.draft(list));
        var asked = Optional.of(new PriceItem.Cost(
                io.tenantry.kernel.money.Money.of("5", "USD"),
                Optional.of(new PriceItem.Rate(new BigDecimal("0.25"), LocalDate.of(2026, 11, 20), "ECB"))));
        asOperator(() -> lists.replace(
                draft,
                List.of(
                        new PriceItem(SMALL, new BigDecimal("20"), true, asked),
                        new PriceItem(LARGE, new BigDecimal("40"), true, asked))));
        var file = PriceListCsv.read(
                        PriceListCsv.write(asOperator(() -> query.items(draft))), Currency.getInstance("ILS"))
                .items();
        asOperator(() -> lists.replace(
                draft,
                file.stream()
                        .map(item -> item.key().equals(LARGE) ? item(LARGE, "41") : item)
                        .toList()));
        assertThat(asOperator(() -> query.items(draft)))
                .extracting(item -> item.key().code() + " " + item.cost().isPresent())
                .containsExactly("large false", "small true");
    }

    private static ProviderCosts.Cost cost(PriceKey key, String monthly) {
        return new ProviderCosts.Cost(key, io.tenantry.kernel.money.Money.of(monthly, "THB"));
    }

    @Test
    void requiresAnOperator() {
        var staff = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Sam");
        try (var actorScope = Actors.enter(staff)) {
            assertThatThrownBy(() -> Database.in(Scope.PLATFORM, () -> lists.open(PLN)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(Scope.PLATFORM, query::all)).isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void convertsProviderPricesAtTheStoredRateWithMarkup() {
        Database.asOwner("""
            insert into platform.exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by)
            values ('HUF', '2026-11-20', 400, 'European Central Bank', now(), 'test')
            """);
        var euro = Currency.getInstance("EUR");
        var rate = COUNTER.billingFixture
                .in(() -> new ExchangeRates(COUNTER.billingFixture.sql)
                        .of(euro, Currency.getInstance("HUF"), LocalDate.of(2026, 11, 21)))
                .orElseThrow();
        var item = PriceListPrefill.item(
                new ProviderCosts.Cost(SMALL, io.tenantry.kernel.money.Money.of("2002", "HUF")),
                euro,
                Optional.of(rate),
                new BigDecimal("10"));
        // 2002 / 400 = 5.005; with ten percent 5.5055, which is rounded to cents once
        assertThat(item.monthly()).isEqualByComparingTo("5.51");
        assertThat(item.cost().orElseThrow().rate().orElseThrow())
                .isEqualTo(new PriceItem.Rate(
                        new BigDecimal("400.0000000000"), LocalDate.of(2026, 11, 20), "European Central Bank"));
    }
}
