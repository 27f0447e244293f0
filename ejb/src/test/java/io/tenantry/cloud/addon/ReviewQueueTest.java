package io.tenantry.cloud.addon;

import static io.tenantry.cloud.provider.account.ProviderAccountFixture.inject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ReviewQueue.ReviewCase;
import io.tenantry.cloud.provisioning.ParkedServiceWork;
import io.tenantry.cloud.provisioning.ProviderCalls;
import io.tenantry.cloud.provisioning.ServiceLifecycle;
import io.tenantry.cloud.provisioning.ServiceReview;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.RetryOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that waits for staff is listed, regardless of its type, and decided there. */
class ReviewQueueTest {
    private static final String WHY = "looked there";

    private static AddonFixture addonFixture;
    private static ReviewQueue reviewQueue;
    private static ReviewDecisions deciding;
    private static Rented server;
    private static Rented volume;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-waiting");
        addonFixture.publish("0.73", "3.65");
        server = addonFixture.server("10");
        volume = addonFixture.createVolume(server, 10);
        var access = new Access(addonFixture.billingFixture.sql);
        reviewQueue = new ReviewQueue(addonFixture.billingFixture.sql, access);
        deciding = new ReviewDecisions(access, reviewQueue, serviceReview(access), addonFixture.decisions);
    }

    @BeforeEach
    void clear() {
        addonFixture.workQueueFixture.clear();
    }

    private static ServiceReview serviceReview(Access access) {
        var serviceLifecycle = new ServiceLifecycle();
        inject(serviceLifecycle, "sql", addonFixture.billingFixture.sql);
        inject(serviceLifecycle, "clock", addonFixture.billingFixture.clock);
        var care = new ParkedServiceWork();
        inject(care, "sql", addonFixture.billingFixture.sql);
        inject(care, "items", addonFixture.workQueueFixture.items);
        inject(care, "serviceLifecycle", serviceLifecycle);
        inject(care, "providerCalls", new ProviderCalls(addonFixture.billingFixture.sql));
        var serviceReview = new ServiceReview();
        inject(serviceReview, "access", access);
        inject(serviceReview, "audit", addonFixture.audit);
        inject(serviceReview, "items", addonFixture.workQueueFixture.items);
        inject(serviceReview, "serviceLifecycle", serviceLifecycle);
        inject(serviceReview, "care", care);
        return serviceReview;
    }

    @Test
    void listsParkedServersAndAddonsNewestFirst() {
        park("power", server.service(), 20);
        park("volume", volume.service(), 10);
        park("reconcile", UUID.randomUUID(), 5);

        var all = find(ListQuery.of(10));
        assertThat(all).extracting(ReviewCase::subject).containsExactly(volume.service(), server.service());
        assertThat(all).extracting(ReviewCase::serviceId).containsOnly(server.service());
        assertThat(all).extracting(ReviewCase::organization).containsOnly("Kiosk");
        assertThat(all).extracting(ReviewCase::title).startsWith("data");
        assertThat(all.get(0).option()).contains(AddonType.VOLUME);
        assertThat(all.get(1).option()).isEmpty();
        assertThat(all.get(0).item().why()).isEqualTo("volume is unclear");
        assertThat(all.get(0).error()).contains("nobody answers");
        assertThat(all.get(0).attempts()).isEqualTo(10);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void listsTheFirstOfSeveralParkedItemsOfAServer() {
        park("power", server.service(), 20);
        park("reverse-dns", server.service(), 10);
        assertThat(find(ListQuery.of(10))).extracting(one -> one.item().kind()).containsExactly("power");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void doesNotListItemsThatAreStillRetried() {
        addonFixture.billingFixture.in(
                () -> addonFixture.workQueueFixture.items.write("power", "later", server.service()));
        assertThat(find(ListQuery.of(10))).isEmpty();
        assertThat(count()).isZero();
        assertThatThrownBy(() -> addonFixture.billingFixture.in(() -> reviewQueue.one(server.service())))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void filtersByKindOrganizationAndText() {
        park("power", server.service(), 20);
        park("volume", volume.service(), 10);
        assertThat(find(ListQuery.of(10).with(ReviewQueue.KIND, "power")))
                .extracting(ReviewCase::subject)
                .containsExactly(server.service());
        assertThat(find(ListQuery.of(10)
                        .with(ReviewQueue.ORGANIZATION, UUID.randomUUID().toString())))
                .isEmpty();
        assertThat(search("KIOSK")).hasSize(2);
        assertThat(search("volume is")).extracting(ReviewCase::subject).containsExactly(volume.service());
        assertThat(search(server.service().toString())).hasSize(1);
        assertThat(search("nowhere")).isEmpty();
    }

    @Test
    void refusesToGiveUpADeletion() {
        park("delete", server.service(), 20);
        assertThat(addonFixture
                        .billingFixture
                        .<ReviewCase>in(() -> reviewQueue.one(server.service()))
                        .isAbandonable())
                .isFalse();
        var item = item(server);
        assertThat(addonFixture.billingFixture.<Boolean>in(() -> deciding.giveUp(server.service(), item, WHY)))
                .isFalse();
        assertThat(states()).containsExactly("PARKED");
    }

    @Test
    void retriesAnAddon() {
        park("volume", volume.service(), 10);
        var item = item(volume);
        assertThat(retry(volume, item)).isEqualTo(new RetryOutcome.Retried());
        assertThat(states()).containsExactly("OPEN");
        assertThat(count()).isZero();
        assertThat(retry(volume, item)).as("a second time").isEqualTo(new RetryOutcome.NotParked());
    }

    @Test
    void givesUpAnOperationOfAServer() {
        park("power", server.service(), 20);
        var item = item(server);
        assertThat(addonFixture.billingFixture.<Boolean>in(() -> deciding.giveUp(server.service(), item, WHY)))
                .isTrue();
        assertThat(states()).containsExactly("DROPPED");
    }

    @Test
    void ignoresADecisionOnAnOutdatedItem() {
        park("power", server.service(), 20);
        var another = item(server) + 1;
        assertThat(retry(server, another)).isEqualTo(new RetryOutcome.NotParked());
        assertThat(addonFixture.billingFixture.<Boolean>in(() -> deciding.giveUp(server.service(), another, WHY)))
                .isFalse();
        assertThat(states()).containsExactly("PARKED");
    }

    @Test
    void restrictsTheQueueToStaff() {
        park("power", server.service(), 20);
        var item = item(server);
        assertDenied(() -> reviewQueue.find(ListQuery.of(10)));
        assertDenied(() -> reviewQueue.rows(ListQuery.of(10)));
        assertDenied(() -> reviewQueue.count());
        assertDenied(() -> reviewQueue.of(server.service()));
        assertDenied(() -> deciding.retry(server.service(), item, "curious"));
        assertDenied(() -> deciding.giveUp(server.service(), item, "curious"));
        assertThat(states()).containsExactly("PARKED");
    }

    @Test
    void hidesItemsOfOtherTenants() {
        park("power", server.service(), 20);
        var other = new AddonFixture("shed-waiting-b");
        var theirs = new ReviewQueue(other.billingFixture.sql, new Access(other.billingFixture.sql));
        assertThat(other.billingFixture.<Integer>in(theirs::count)).isZero();
        assertThat(other.billingFixture.<Optional<ReviewCase>>in(() -> theirs.of(server.service())))
                .isEmpty();
    }

    /** Parks an item whose state has been unclear for this number of minutes. */
    private static void park(String kind, UUID subject, int minutes) {
        Database.asOwner("""
                insert into work.work_item (tenant, tenant_role, kind, key, subject, state, attempts, error, parked_at, parked_reason)
                values ('%s', '%s', '%s', gen_random_uuid()::text, '%s', 'PARKED', 10, 'nobody answers',
                        clock_timestamp() - interval '%d minutes', '%s is unclear')
                """.formatted(
                        addonFixture.billingFixture.tenant.value(),
                        addonFixture.billingFixture.tenant.role(),
                        kind,
                        subject,
                        minutes,
                        kind));
    }

    private static RetryOutcome retry(Rented what, long item) {
        return addonFixture.billingFixture.in(() -> deciding.retry(what.service(), item, WHY));
    }

    private static long item(Rented what) {
        return addonFixture
                .billingFixture
                .<ReviewCase>in(() -> reviewQueue.one(what.service()))
                .item()
                .id();
    }

    private static List<ReviewCase> find(ListQuery listQuery) {
        return addonFixture.billingFixture.in(() -> reviewQueue.find(listQuery).rows());
    }

    private static List<ReviewCase> search(String text) {
        return find(new ListQuery(text, Map.of(), "", false, 0, 10));
    }

    private static int count() {
        return addonFixture.billingFixture.<Integer>in(reviewQueue::count);
    }

    private static List<String> states() {
        return addonFixture.workQueueFixture.column(addonFixture.billingFixture.tenant, "state");
    }

    private static void assertDenied(Supplier<Object> action) {
        var eve = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(addonFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(eve)) {
                        return action.get();
                    }
                }))
                .isInstanceOf(AccessDeniedException.class);
    }
}
