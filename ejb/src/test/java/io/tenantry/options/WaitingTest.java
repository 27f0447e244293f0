package io.tenantry.options;

import static io.tenantry.provider.account.Desk.inject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books.Rented;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.listing.Wish;
import io.tenantry.options.Waiting.Case;
import io.tenantry.provisioning.Calls;
import io.tenantry.provisioning.Decisions;
import io.tenantry.provisioning.Lives;
import io.tenantry.provisioning.ServiceCare;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.work.Looked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for staff is listed, whatever it is of, and decided there. */
class WaitingTest {
    private static final String WHY = "looked there";

    private static Shed shed;
    private static Waiting waiting;
    private static WaitingDecisions deciding;
    private static Rented server;
    private static Rented volume;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-waiting");
        shed.publish("0.73", "3.65");
        server = shed.server("10");
        volume = shed.volume(server, 10);
        var access = new Access(shed.books.sql);
        waiting = new Waiting(shed.books.sql, access);
        deciding = new WaitingDecisions(access, waiting, ofServices(access), shed.decisions);
    }

    @BeforeEach
    void clear() {
        shed.desk.clear();
    }

    private static Decisions ofServices(Access access) {
        var lives = new Lives();
        inject(lives, "sql", shed.books.sql);
        inject(lives, "clock", shed.books.clock);
        var care = new ServiceCare();
        inject(care, "sql", shed.books.sql);
        inject(care, "items", shed.desk.items);
        inject(care, "lives", lives);
        inject(care, "calls", new Calls(shed.books.sql));
        var decisions = new Decisions();
        inject(decisions, "access", access);
        inject(decisions, "audit", shed.audit);
        inject(decisions, "items", shed.desk.items);
        inject(decisions, "lives", lives);
        inject(decisions, "care", care);
        return decisions;
    }

    @Test
    void whatWaitsOfServersAndOfOptionsIsListedTheLatestFirst() {
        park("power", server.service(), 20);
        park("volume", volume.service(), 10);
        park("reconcile", UUID.randomUUID(), 5);

        var all = find(Wish.of(10));
        assertThat(all).extracting(Case::subject).containsExactly(volume.service(), server.service());
        assertThat(all).extracting(Case::serviceId).containsOnly(server.service());
        assertThat(all).extracting(Case::organization).containsOnly("Kiosk");
        assertThat(all).extracting(Case::title).startsWith("data");
        assertThat(all.get(0).option()).contains(OptionKind.VOLUME);
        assertThat(all.get(1).option()).isEmpty();
        assertThat(all.get(0).item().why()).isEqualTo("volume is unclear");
        assertThat(all.get(0).error()).contains("nobody answers");
        assertThat(all.get(0).attempts()).isEqualTo(10);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void ofSeveralThatWaitAtOneTheFirstIsListed() {
        park("power", server.service(), 20);
        park("name-address", server.service(), 10);
        assertThat(find(Wish.of(10))).extracting(one -> one.item().kind()).containsExactly("power");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void whatIsTriedStillDoesNotWait() {
        shed.books.in(() -> shed.desk.items.write("power", "later", server.service()));
        assertThat(find(Wish.of(10))).isEmpty();
        assertThat(count()).isZero();
        assertThatThrownBy(() -> shed.books.in(() -> waiting.one(server.service())))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void isNarrowedByWhatItIsAndWhoseAndByWords() {
        park("power", server.service(), 20);
        park("volume", volume.service(), 10);
        assertThat(find(Wish.of(10).with(Waiting.KIND, "power")))
                .extracting(Case::subject)
                .containsExactly(server.service());
        assertThat(find(Wish.of(10).with(Waiting.ORGANIZATION, UUID.randomUUID().toString())))
                .isEmpty();
        assertThat(search("KIOSK")).hasSize(2);
        assertThat(search("volume is")).extracting(Case::subject).containsExactly(volume.service());
        assertThat(search(server.service().toString())).hasSize(1);
        assertThat(search("nowhere")).isEmpty();
    }

    @Test
    void whatIsToBeDeletedCannotBeGivenUp() {
        park("delete", server.service(), 20);
        assertThat(shed.books.<Case>in(() -> waiting.one(server.service())).isAbandonable())
                .isFalse();
        var item = item(server);
        assertThat(shed.books.<Boolean>in(() -> deciding.giveUp(server.service(), item, WHY)))
                .isFalse();
        assertThat(states()).containsExactly("PARKED");
    }

    @Test
    void anOptionIsTriedAgain() {
        park("volume", volume.service(), 10);
        var item = item(volume);
        assertThat(look(volume, item)).isEqualTo(new Looked.Again());
        assertThat(states()).containsExactly("OPEN");
        assertThat(count()).isZero();
        assertThat(look(volume, item)).as("a second time").isEqualTo(new Looked.Late());
    }

    @Test
    void whatIsWantedOfAServerIsGivenUp() {
        park("power", server.service(), 20);
        var item = item(server);
        assertThat(shed.books.<Boolean>in(() -> deciding.giveUp(server.service(), item, WHY)))
                .isTrue();
        assertThat(states()).containsExactly("DROPPED");
    }

    @Test
    void whoeverSawSomethingElseThatWaitedThereDecidesNothing() {
        park("power", server.service(), 20);
        var another = item(server) + 1;
        assertThat(look(server, another)).isEqualTo(new Looked.Late());
        assertThat(shed.books.<Boolean>in(() -> deciding.giveUp(server.service(), another, WHY)))
                .isFalse();
        assertThat(states()).containsExactly("PARKED");
    }

    @Test
    void itIsForStaff() {
        park("power", server.service(), 20);
        var item = item(server);
        assertDenied(() -> waiting.find(Wish.of(10)));
        assertDenied(() -> waiting.rows(Wish.of(10)));
        assertDenied(() -> waiting.count());
        assertDenied(() -> waiting.of(server.service()));
        assertDenied(() -> deciding.lookAgain(server.service(), item, "curious"));
        assertDenied(() -> deciding.giveUp(server.service(), item, "curious"));
        assertThat(states()).containsExactly("PARKED");
    }

    @Test
    void anotherResellersIsNotSeen() {
        park("power", server.service(), 20);
        var other = new Shed("shed-waiting-b");
        var theirs = new Waiting(other.books.sql, new Access(other.books.sql));
        assertThat(other.books.<Integer>in(theirs::count)).isZero();
        assertThat(other.books.<Optional<Case>>in(() -> theirs.of(server.service())))
                .isEmpty();
    }

    /** Nobody can tell how that stands, since so many minutes. */
    private static void park(String kind, UUID subject, int minutes) {
        Database.asOwner(
                """
                insert into work.work_item (tenant, tenant_role, kind, key, subject, state, attempts, error, parked_at, parked_why)
                values ('%s', '%s', '%s', gen_random_uuid()::text, '%s', 'PARKED', 10, 'nobody answers',
                        clock_timestamp() - interval '%d minutes', '%s is unclear')
                """.formatted(shed.books.tenant.value(), shed.books.tenant.role(), kind, subject, minutes, kind));
    }

    private static Looked look(Rented what, long item) {
        return shed.books.in(() -> deciding.lookAgain(what.service(), item, WHY));
    }

    private static long item(Rented what) {
        return shed.books.<Case>in(() -> waiting.one(what.service())).item().id();
    }

    private static List<Case> find(Wish wish) {
        return shed.books.in(() -> waiting.find(wish).rows());
    }

    private static List<Case> search(String text) {
        return find(new Wish(text, Map.of(), "", false, 0, 10));
    }

    private static int count() {
        return shed.books.<Integer>in(waiting::count);
    }

    private static List<String> states() {
        return shed.desk.column(shed.books.tenant, "state");
    }

    private static void assertDenied(Supplier<Object> deed) {
        var eve = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(shed.books.tenant, () -> {
                    try (var acting = Actors.enter(eve)) {
                        return deed.get();
                    }
                }))
                .isInstanceOf(AccessDenied.class);
    }
}
