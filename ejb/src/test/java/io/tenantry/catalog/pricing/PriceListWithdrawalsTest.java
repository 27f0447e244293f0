package io.tenantry.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.catalog.pricing.PriceListQuery.Version;
import io.tenantry.catalog.pricing.PriceListWithdrawals.Outcome;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.settlement.SettlementFixture;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version announced for later can be withdrawn until it takes effect; everything on sale keeps a price. */
class PriceListWithdrawalsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NEXT_MONTH = Instant.parse("2026-12-01T00:00:00Z");
    private static final Currency SGD = Currency.getInstance("SGD");
    private static final PriceKey SMALL = PriceFixture.plan("linode", "small", "");
    private static final PriceKey LARGE = PriceFixture.plan("linode", "large", "");
    private static final SettlementFixture COUNTER = new SettlementFixture("withdrawals", "SGD", "Asia/Singapore");

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
    private final PriceListWithdrawals withdrawals = new PriceListWithdrawals(
            COUNTER.billingFixture.sql,
            COUNTER.billingFixture.clock,
            new Access(COUNTER.billingFixture.sql),
            InvoicingFixture.trail(COUNTER.billingFixture),
            query);
    private UUID all = new UUID(0, 0);
    private UUID own = new UUID(0, 0);

    @BeforeEach
    void reset() {
        COUNTER.billingFixture.clock.stopAt(NOON);
        Database.asOwner("set session_replication_role = replica; delete from platform.price_list_item; delete from"
                + " platform.price_list_version; delete from platform.price_list; set session_replication_role ="
                + " origin");
        all = ((PriceLists.Outcome.Done) asOperator(() -> lists.open(SGD))).id();
        own = ((PriceLists.Outcome.Done) asOperator(() -> lists.openForReseller(COUNTER.billingFixture.tenant))).id();
    }

    private static <T> T asOperator(Supplier<T> work) {
        return COUNTER.platform(work);
    }

    private static PriceItem item(PriceKey key, String monthly) {
        return new PriceItem(key, new BigDecimal(monthly), true, Optional.empty());
    }

    private UUID publish(UUID list, Instant from, PriceItem... items) {
        return asOperator(() -> {
            var draft = lists.draft(list);
            assertThat(lists.replace(draft, Arrays.asList(items))).isInstanceOf(PriceLists.Outcome.Done.class);
            assertThat(publications.publish(draft, Optional.of(from), "")).isInstanceOf(PriceLists.Outcome.Done.class);
            return draft;
        });
    }

    private Outcome withdraw(UUID version) {
        return asOperator(() -> withdrawals.withdraw(version));
    }

    private Version version(UUID id) {
        return asOperator(() -> query.version(id));
    }

    private static String price(PriceKey key, Instant at) {
        return priceIn(book(), key, at);
    }

    private static List<String> audited() {
        return Database.texts("select facts::text from platform.audit_record where action = 'price_list.withdrawn'");
    }

    @Test
    void cancelsAnAnnouncedVersionAndAllowsAnEarlierOne() {
        publish(all, NOON, item(SMALL, "5"));
        var wrong = publish(all, NEXT_MONTH, item(SMALL, "50"));
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("50");
        assertThat(asOperator(() -> withdrawals.instead(wrong)).map(Version::number))
                .contains(1);

        assertThat(withdraw(wrong)).isEqualTo(new Outcome.Done());
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("5");
        assertThat(version(wrong).withdrawnAt()).contains(NOON);
        assertThat(asOperator(() -> query.one(all)).next()).isEmpty();
        assertThat(audited()).last().asString().contains("\"instead\": \"1\"", "\"version\": \"2\"");

        publish(all, NEXT_MONTH.minus(Duration.ofDays(5)), item(SMALL, "6"));
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("6");
        assertThat(asOperator(() -> query.versions(all)).stream().map(Version::number))
                .containsExactly(3, 2, 1);
    }

    @Test
    void restoresTheCorrectedVersionOfTheSameInstant() {
        publish(all, NOON, item(SMALL, "5"));
        var first = publish(all, NEXT_MONTH, item(SMALL, "6"));
        var second = publish(all, NEXT_MONTH, item(SMALL, "7"));
        assertThat(withdraw(second)).isEqualTo(new Outcome.Done());
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("6");
        assertThat(withdraw(first)).isEqualTo(new Outcome.Done());
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("5");
    }

    @Test
    void keepsALaterVersion() {
        publish(all, NOON, item(SMALL, "5"));
        var between = publish(all, NEXT_MONTH, item(SMALL, "6"));
        publish(all, NEXT_MONTH.plus(Duration.ofDays(31)), item(SMALL, "7"));
        assertThat(withdraw(between)).isEqualTo(new Outcome.Done());
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("5");
        assertThat(price(SMALL, NEXT_MONTH.plus(Duration.ofDays(31)))).isEqualTo("7");
    }

    @Test
    void fallsBackToTheListForAll() {
        publish(all, NOON, item(SMALL, "5"));
        var mine = publish(own, NEXT_MONTH, item(SMALL, "3"));
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("3");
        assertThat(asOperator(() -> withdrawals.instead(mine))).isEmpty();
        assertThat(withdraw(mine)).isEqualTo(new Outcome.Done());
        assertThat(price(SMALL, NEXT_MONTH)).isEqualTo("5");
    }

    @Test
    void refusesToWithdrawTheOnlyPriceOfAnItem() {
        publish(all, NOON, item(SMALL, "5"));
        var next = publish(all, NEXT_MONTH, item(SMALL, "6"), item(LARGE, "9"));
        assertThat(withdraw(next)).isEqualTo(new Outcome.Needed(List.of(LARGE)));
        assertThat(price(LARGE, NEXT_MONTH)).isEqualTo("9");
        assertThat(version(next).isWithdrawn()).isFalse();
    }

    @Test
    void refusesVersionsThatAreInForceDraftOrWithdrawn() {
        var first = publish(all, NOON, item(SMALL, "5"));
        var next = publish(all, NEXT_MONTH, item(SMALL, "6"));
        var draft = asOperator(() -> lists.draft(all));
        assertThat(withdraw(first)).isEqualTo(new Outcome.NotComing());
        assertThat(withdraw(draft)).isEqualTo(new Outcome.NotComing());
        COUNTER.billingFixture.clock.stopAt(NEXT_MONTH);
        assertThat(withdraw(next)).as("in force from this instant").isEqualTo(new Outcome.NotComing());
        COUNTER.billingFixture.clock.stopAt(NEXT_MONTH.minusSeconds(1));
        assertThat(withdraw(next)).isEqualTo(new Outcome.Done());
        assertThat(withdraw(next)).isEqualTo(new Outcome.NotComing());
        assertThat(asOperator(() -> publications.publish(next, Optional.empty(), "")))
                .isEqualTo(new PriceLists.Outcome.Published());
        assertThat(asOperator(() -> lists.put(next, List.of(item(SMALL, "1")))))
                .isEqualTo(new PriceLists.Outcome.Published());
        assertThat(asOperator(() -> lists.discard(next))).isEqualTo(new PriceLists.Outcome.Published());
    }

    @Test
    void databaseRefusesToChangePublishedOrWithdrawnVersions() {
        publish(all, NOON, item(SMALL, "5"));
        var next = publish(all, NEXT_MONTH, item(SMALL, "6"));
        var row = "update platform.price_list_version set %s where id = '" + next + "'";
        assertThatThrownBy(() -> Database.asOwner(row.formatted(
                        "state = 'WITHDRAWN', withdrawn_at = '2026-11-22', withdrawn_by = 'x', number = 9")))
                .hasStackTraceContaining("is published");
        assertThatThrownBy(() -> Database.asOwner(
                        row.formatted("state = 'WITHDRAWN', withdrawn_at = valid_from, withdrawn_by = 'x'")))
                .hasStackTraceContaining("price_list_version_withdrawn_ck");
        assertThat(withdraw(next)).isEqualTo(new Outcome.Done());
        assertThatThrownBy(() -> Database.asOwner(
                        row.formatted("state = 'PUBLISHED', withdrawn_at = null, withdrawn_by = null")))
                .hasStackTraceContaining("is published");
    }

    @Test
    void requiresAnOperator() {
        publish(all, NOON, item(SMALL, "5"));
        var next = publish(all, NEXT_MONTH, item(SMALL, "6"));
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Sam"))) {
            assertThatThrownBy(() -> Database.in(Scope.PLATFORM, () -> withdrawals.withdraw(next)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    /** The price in force at an instant. */
    private record PriceInForce(PriceKey key, Instant at, String price) {}

    @Test
    void publishingAndWithdrawingNeverChangeThePast() {
        var seed = 37L;
        var random = new Random(seed);
        var keys = List.of(
                SMALL,
                LARGE,
                PriceFixture.plan("linode", "small", "fra"),
                PriceFixture.addon("linode", "BACKUP"),
                PriceFixture.addon("linode", "BACKUP_DAILY"));
        var held = new ArrayList<PriceInForce>();
        var withdrawn = 0;
        for (var step = 0; step < 80; step++) {
            var now = NOON.plus(Duration.ofHours(step * 7L));
            COUNTER.billingFixture.clock.stopAt(now);
            var list = random.nextInt(3) == 0 ? own : all;
            if (random.nextInt(3) == 0) {
                var versions = asOperator(() -> query.versions(list));
                if (!versions.isEmpty()) {
                    var chosen = versions.get(random.nextInt(versions.size()));
                    withdrawn += withdraw(chosen.id()) instanceof Outcome.Done ? 1 : 0;
                }
            } else {
                var chosen = keys.stream().filter(key -> random.nextInt(2) == 0).toList();
                var from = now.plus(Duration.ofHours(random.nextInt(3) * 30L));
                asOperator(() -> {
                    var draft = lists.draft(list);
                    lists.put(
                            draft,
                            chosen.stream().map(key -> item(key, price(random))).toList());
                    return publications.publish(draft, Optional.of(from), "");
                });
            }
            var book = book();
            for (var one : held) {
                assertThat(priceIn(book, one.key(), one.at()))
                        .as("step %s, seed %s: what held is what was charged", step, seed)
                        .isEqualTo(one.price());
            }
            keys.forEach(key -> held.add(new PriceInForce(key, now, priceIn(book, key, now))));
            for (var version : asOperator(() -> query.versions(all))) {
                if (!version.isDraft() && !version.isWithdrawn()) {
                    for (var item : asOperator(() -> query.items(version.id()))) {
                        assertThat(priceIn(book, item.key(), version.validFrom().orElseThrow()))
                                .as("step %s, seed %s: %s", step, seed, item.key())
                                .isNotEqualTo("none");
                    }
                }
            }
        }
        for (var at = keys.size(); at < held.size(); at++) {
            var before = held.get(at - keys.size());
            assertThat(before.price().equals("none") || !held.get(at).price().equals("none"))
                    .as("seed %s: %s still has a price", seed, before.key())
                    .isTrue();
        }
        assertThat(withdrawn).as("seed %s", seed).isPositive();
    }

    private static String price(Random random) {
        return BigDecimal.valueOf(random.nextInt(5_000), 2).toPlainString();
    }

    private static PriceBook book() {
        var wholesale = new WholesalePrices(COUNTER.billingFixture.sql, new TenantDirectory(Database.administration()));
        return COUNTER.billingFixture.in(() -> wholesale.book(NOON));
    }

    private static String priceIn(PriceBook book, PriceKey key, Instant at) {
        return book.price(new PriceBook.PriceLookup(key.kind(), key.provider(), key.codes(), key.region()), at)
                .map(one -> one.item().monthly().stripTrailingZeros().toPlainString())
                .orElse("none");
    }
}
