package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.ConsoleSlots.ConsoleSlot;
import io.tenantry.kernel.push.Signal;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many consoles may be open, and for how long. */
class ConsoleSlotsTest {
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final Map<String, String> FEW =
            Map.of("tenantry.console.each", "2", "tenantry.console.most", "3", "tenantry.console.idle", "PT10M");

    private final FakeClientChannel window = new FakeClientChannel();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aPersonHasAFewAndANodeSomeMore() {
        var here = new ConsoleFixture("consoles-a", FEW);
        var first = seat(here, here.owner);
        assertThat(here.consoleSlots.take(first)).isTrue();
        assertThat(here.consoleSlots.take(seat(here, here.owner))).isTrue();
        assertThat(here.consoleSlots.take(seat(here, here.owner))).isFalse();
        assertThat(here.consoleSlots.take(seat(here, here.viewer))).isTrue();
        assertThat(here.consoleSlots.take(seat(here, here.viewer))).isFalse();
        here.consoleSlots.leave(first);
        assertThat(here.consoleSlots.take(seat(here, here.viewer))).isTrue();
        assertThat(here.consoleSlots.count()).isEqualTo(3);
    }

    @Test
    void whereNobodyTypesItEndsBeforeAnybodyIsAsked() {
        var here = new ConsoleFixture("consoles-b", FEW);
        here.consoleSlots.take(seat(here, here.owner));
        nanos.set(Duration.ofMinutes(10).plusSeconds(1).toNanos());
        here.consoleSlots.check();
        assertThat(window.ends).containsExactly(ConsoleEndReason.IDLE_TIMEOUT);
    }

    @Test
    void afterEightHoursItEndsHoweverBusySomebodyIs() {
        var here = new ConsoleFixture("consoles-h", FEW);
        var consoleSlot = seat(here, here.owner, here.session(here.owner));
        here.consoleSlots.take(consoleSlot);
        nanos.set(Duration.ofHours(8).toNanos());
        consoleSlot.console().attended();
        check(here);
        assertThat(window.ends).isEmpty();
        nanos.incrementAndGet();
        check(here);
        assertThat(window.ends).containsExactly(ConsoleEndReason.TIME_LIMIT);
    }

    @Test
    void whatIsOpenEndsWithItsServerTheRightAndTheSession() {
        var here = new ConsoleFixture("consoles-i", FEW);
        assertThat(endsAfter(here, "update %.service set state = 'SUSPENDED'"))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
        here.asOwner("update %.service set state = 'ACTIVE'");
        assertThat(endsAfter(here, "update %.membership set role = 'viewer' where role = 'owner'"))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
        here.asOwner("update %.membership set role = 'owner' where person_id = '" + here.owner.personId() + "'");
        assertThat(endsAfter(here, "update %.web_session set ended_at = now()"))
                .containsExactly(ConsoleEndReason.SIGNED_OUT);
        assertThat(endsAfter(here, "update %.service set state = 'TERMINATED', ended_at = activated_at"))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
    }

    @Test
    void endsWhenItsPersonIsDisabledOrTheTenantClosedAsSoonAsThatIsHeard() {
        var here = new ConsoleFixture("consoles-j", FEW);
        var person = String.valueOf(here.owner.personId());
        assertThat(endsWhenHeard(here, "update %.person set state = 'DISABLED' where id = '" + person + "'", person))
                .containsExactly(ConsoleEndReason.SIGNED_OUT);
        here.asOwner("update %.person set state = 'ACTIVE'");
        assertThat(endsWhenHeard(here, "delete from %.membership where person_id = '" + person + "'", person))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
        here.asOwner("insert into %.membership (organization_id, person_id, role, joined_at) select organization_id, '"
                + person + "', 'owner', now() from %.membership");
        var suspended = "update platform.tenant set state = 'SUSPENDED' where slug = 'consoles-j'";
        assertThat(endsWhenHeard(here, suspended, Signal.EVERYBODY)).containsExactly(ConsoleEndReason.SIGNED_OUT);
    }

    private List<ConsoleEndReason> endsWhenHeard(ConsoleFixture here, String change, String about) {
        window.ends.clear();
        var schema = here.billingFixture.tenant.schema();
        var consoleSlot = seat(here, here.owner, here.session(here.owner));
        here.consoleSlots.take(consoleSlot);
        here.asOwner(change);
        here.directory.refresh();
        var kind = about.equals(Signal.EVERYBODY) ? Signal.Kind.TENANT : Signal.Kind.SESSION;
        hear(here, new Signal("t_somebody_else", kind, about));
        hear(here, new Signal(schema, Signal.Kind.SESSION, UUID.randomUUID().toString()));
        assertThat(window.ends).isEmpty();
        hear(here, new Signal(schema, kind, about));
        here.consoleSlots.leave(consoleSlot);
        return List.copyOf(window.ends);
    }

    /** Returns the end reasons of open, permitted consoles after the change. */
    private List<ConsoleEndReason> endsAfter(ConsoleFixture here, String change) {
        window.ends.clear();
        var consoleSlot = seat(here, here.owner, here.session(here.owner));
        here.consoleSlots.take(consoleSlot);
        check(here);
        assertThat(window.ends).as("before %s", change).isEmpty();
        here.asOwner(change);
        check(here);
        here.consoleSlots.leave(consoleSlot);
        return List.copyOf(window.ends);
    }

    @Test
    void allEndWithTheNode() {
        var here = new ConsoleFixture("consoles-c", FEW);
        here.consoleSlots.take(seat(here, here.owner));
        here.consoleSlots.close();
        assertThat(window.ends).containsExactly(ConsoleEndReason.SHUTDOWN);
    }

    @Test
    void whoSignedOutOrMayNoLongerLeaves() {
        var here = new ConsoleFixture("consoles-d", FEW);
        var session = here.session(here.owner);
        assertThat(why(here, here.owner, session)).isEqualTo("stays");
        assertThat(why(here, here.viewer, here.session(here.viewer))).isEqualTo("FORBIDDEN");
        here.asOwner("update %.service set state = 'SUSPENDED'");
        assertThat(why(here, here.owner, session)).isEqualTo("FORBIDDEN");
        here.asOwner("update %.service set state = 'ACTIVE'");
        here.asOwner("update %.web_session set ended_at = now() where id = '" + session + "'");
        assertThat(why(here, here.owner, session)).isEqualTo("SIGNED_OUT");
    }

    @Test
    void isOfferedWhereThereIsAServerAndAKeyOfIt() {
        var here = new ConsoleFixture("consoles-e", FEW);
        assertThat(offers(here, here.owner)).isFalse();
        var line = here.as(here.owner, () -> here.keys.publicKey(here.service)).orElseThrow();
        assertThat(line).startsWith("ssh-ed25519 AAAA").endsWith(" console");
        assertThat(here.as(here.owner, () -> here.keys.publicKey(here.service))).contains(line);
        assertThat(here.texts("select pair from %.service_key"))
                .allSatisfy(pair -> assertThat(pair).startsWith("v1.one."));
        assertThat(offers(here, here.owner)).isTrue();
        assertThat(offers(here, here.viewer)).isFalse();
        here.asOwner("update %.service set state = 'TERMINATED', ended_at = activated_at");
        assertThat(offers(here, here.owner)).isFalse();
    }

    @Test
    void isOfferedWithTheProviderWhoMayShowAScreen() {
        var here = new ConsoleFixture("consoles-f", FEW);
        assertThat(offer(here, here.owner)).isEqualTo(new ConsoleAccess.Offer(false, Optional.of("vendor")));
        assertThat(offer(here, here.viewer)).isEqualTo(new ConsoleAccess.Offer(false, Optional.empty()));
        assertThat(here.as(here.owner, () -> here.keys.publicKey(here.service))).isPresent();
        assertThat(offer(here, here.owner).shell()).isTrue();
        here.asOwner("update %.service set provider_ref = null");
        assertThat(offer(here, here.owner)).isEqualTo(new ConsoleAccess.Offer(false, Optional.empty()));
    }

    @Test
    void aServerBeingRebuiltMayShowAnyKey() {
        var here = new ConsoleFixture("consoles-g", FEW);
        assertThat(here.as(here.owner, () -> here.consoleAccess.enter(here.service)))
                .hasValueSatisfying(it -> assertThat(it.isRebuilding()).isFalse());
        here.asOwner("update %.service set pending_operation = 'RESIZE'");
        assertThat(here.as(here.owner, () -> here.consoleAccess.enter(here.service)))
                .hasValueSatisfying(it -> assertThat(it.isRebuilding()).isFalse());
        for (var changing : List.of("REBUILD", "RESCUE", "LEAVE_RESCUE")) {
            here.asOwner("update %.service set pending_operation = '" + changing + "'");
            assertThat(here.as(here.owner, () -> here.consoleAccess.enter(here.service)))
                    .hasValueSatisfying(it -> assertThat(it.isRebuilding()).isTrue());
        }
    }

    private static ConsoleAccess.Offer offer(ConsoleFixture here, Actor person) {
        return here.as(person, () -> here.consoleAccess.offer(organization(here), here.service));
    }

    private static UUID organization(ConsoleFixture here) {
        return here.serverEndpoints.of(here.service).orElseThrow().organizationId();
    }

    private static boolean offers(ConsoleFixture here, Actor person) {
        return here.as(person, () -> here.consoleAccess.offers(organization(here), here.service));
    }

    private static String why(ConsoleFixture here, Actor person, UUID session) {
        return here.as(person, () -> here.consoleAccess.leave(here.service, session))
                .map(ConsoleEndReason::name)
                .orElse("stays");
    }

    /** Checks as a timer does, in one transaction for all. */
    private static void check(ConsoleFixture here) {
        var unused = here.billingFixture.in(() -> {
            here.consoleSlots.check();
            return true;
        });
    }

    private static void hear(ConsoleFixture here, Signal signal) {
        var unused = here.billingFixture.in(() -> {
            here.consoleSlots.heard(signal);
            return true;
        });
    }

    @Test
    void aResellerHasItsShareOfTheNode() {
        var few = Map.of("tenantry.console.each", "1", "tenantry.console.tenant", "2", "tenantry.console.most", "3");
        var here = new ConsoleFixture("consoles-t", few);
        var other = Scope.of(new TenantId("consoles-u"));
        var own = Scope.of(here.billingFixture.tenant);
        assertThat(here.consoleSlots.take(seat(own, here, here.owner))).isTrue();
        assertThat(here.consoleSlots.take(seat(own, here, here.viewer))).isTrue();
        assertThat(here.consoleSlots.take(seat(own, here, person()))).isFalse();
        assertThat(here.consoleSlots.take(seat(other, here, person()))).isTrue();
        assertThat(here.consoleSlots.take(seat(other, here, person()))).isFalse();
    }

    @Test
    void anOrganizationHasAQuarterAndCustomersLeaveSomeForStaff() {
        var few = Map.of("tenantry.console.each", "1", "tenantry.console.tenant", "10", "tenantry.console.most", "99");
        var here = new ConsoleFixture("consoles-v", few);
        var own = Scope.of(here.billingFixture.tenant);
        assertThat(here.consoleSlots.take(seat(here, person()))).isTrue();
        assertThat(here.consoleSlots.take(seat(here, person()))).isTrue();
        assertThat(here.consoleSlots.take(seat(here, person())))
                .as("the organization's third")
                .isFalse();
        for (int i = 0; i < 7; i++) {
            assertThat(here.consoleSlots.take(seat(own, here, person()))).isTrue();
        }
        assertThat(here.consoleSlots.take(seat(own, here, person())))
                .as("the customers' tenth")
                .isFalse();
        var staff = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Sam");
        assertThat(here.consoleSlots.take(seat(here, staff))).isTrue();
    }

    private static Actor person() {
        return new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Nina");
    }

    private ConsoleSlot seat(ConsoleFixture here, Actor person) {
        return seat(here, person, UUID.randomUUID());
    }

    private ConsoleSlot seat(Scope scope, ConsoleFixture here, Actor person) {
        return new ConsoleSlot(
                scope,
                person,
                UUID.randomUUID(),
                UUID.randomUUID(),
                here.service,
                ConsoleToken.Kind.SHELL,
                new Console(window, nanos::get));
    }

    private ConsoleSlot seat(ConsoleFixture here, Actor person, UUID session) {
        return new ConsoleSlot(
                Scope.of(here.billingFixture.tenant),
                person,
                session,
                ORGANIZATION,
                here.service,
                ConsoleToken.Kind.SHELL,
                new Console(window, nanos::get));
    }
}
