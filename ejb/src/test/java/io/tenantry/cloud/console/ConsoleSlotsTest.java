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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many consoles may be open, and for how long. */
@Tag("full")
class ConsoleSlotsTest {
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final Map<String, String> FEW =
            Map.of("tenantry.console.each", "2", "tenantry.console.most", "3", "tenantry.console.idle", "PT10M");

    private final FakeClientChannel client = new FakeClientChannel();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void limitsConsolesPerPersonAndPerNode() {
        var fixture = new ConsoleFixture("consoles-a", FEW);
        var first = slot(fixture, fixture.owner);
        assertThat(fixture.consoleSlots.take(first)).isTrue();
        assertThat(fixture.consoleSlots.take(slot(fixture, fixture.owner))).isTrue();
        assertThat(fixture.consoleSlots.take(slot(fixture, fixture.owner))).isFalse();
        assertThat(fixture.consoleSlots.take(slot(fixture, fixture.viewer))).isTrue();
        assertThat(fixture.consoleSlots.take(slot(fixture, fixture.viewer))).isFalse();
        fixture.consoleSlots.leave(first);
        assertThat(fixture.consoleSlots.take(slot(fixture, fixture.viewer))).isTrue();
        assertThat(fixture.consoleSlots.count()).isEqualTo(3);
    }

    @Test
    void endsAnIdleConsole() {
        var fixture = new ConsoleFixture("consoles-b", FEW);
        fixture.consoleSlots.take(slot(fixture, fixture.owner));
        nanos.set(Duration.ofMinutes(10).plusSeconds(1).toNanos());
        fixture.consoleSlots.check();
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.IDLE_TIMEOUT);
    }

    @Test
    void endsAConsoleAfterEightHours() {
        var fixture = new ConsoleFixture("consoles-h", FEW);
        var consoleSlot = slot(fixture, fixture.owner, fixture.session(fixture.owner));
        fixture.consoleSlots.take(consoleSlot);
        nanos.set(Duration.ofHours(8).toNanos());
        consoleSlot.console().attended();
        check(fixture);
        assertThat(client.endReasons).isEmpty();
        nanos.incrementAndGet();
        check(fixture);
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.TIME_LIMIT);
    }

    @Test
    void endsConsolesWhenServerPermissionOrSessionEnds() {
        var fixture = new ConsoleFixture("consoles-i", FEW);
        assertThat(endReasonsAfterCheck(fixture, "update %.service set state = 'SUSPENDED'"))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
        fixture.asOwner("update %.service set state = 'ACTIVE'");
        assertThat(endReasonsAfterCheck(fixture, "update %.membership set role = 'viewer' where role = 'owner'"))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
        fixture.asOwner("update %.membership set role = 'owner' where person_id = '" + fixture.owner.personId() + "'");
        assertThat(endReasonsAfterCheck(fixture, "update %.web_session set ended_at = now()"))
                .containsExactly(ConsoleEndReason.SIGNED_OUT);
        assertThat(endReasonsAfterCheck(fixture, "update %.service set state = 'TERMINATED', ended_at = activated_at"))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
    }

    @Test
    void endsConsolesOnASignalOfAChangedPersonOrTenant() {
        var fixture = new ConsoleFixture("consoles-j", FEW);
        var person = String.valueOf(fixture.owner.personId());
        assertThat(endReasonsAfterSignal(
                        fixture, "update %.person set state = 'DISABLED' where id = '" + person + "'", person))
                .containsExactly(ConsoleEndReason.SIGNED_OUT);
        fixture.asOwner("update %.person set state = 'ACTIVE'");
        assertThat(endReasonsAfterSignal(
                        fixture, "delete from %.membership where person_id = '" + person + "'", person))
                .containsExactly(ConsoleEndReason.FORBIDDEN);
        fixture.asOwner(
                "insert into %.membership (organization_id, person_id, role, joined_at) select organization_id, '"
                        + person + "', 'owner', now() from %.membership");
        var suspended = "update platform.tenant set state = 'SUSPENDED' where slug = 'consoles-j'";
        assertThat(endReasonsAfterSignal(fixture, suspended, Signal.EVERYBODY))
                .containsExactly(ConsoleEndReason.SIGNED_OUT);
    }

    private List<ConsoleEndReason> endReasonsAfterSignal(ConsoleFixture fixture, String change, String about) {
        client.endReasons.clear();
        var schema = fixture.billingFixture.tenant.schema();
        var consoleSlot = slot(fixture, fixture.owner, fixture.session(fixture.owner));
        fixture.consoleSlots.take(consoleSlot);
        fixture.asOwner(change);
        fixture.directory.refresh();
        var kind = about.equals(Signal.EVERYBODY) ? Signal.Kind.TENANT : Signal.Kind.SESSION;
        receive(fixture, new Signal("t_somebody_else", kind, about));
        receive(
                fixture,
                new Signal(schema, Signal.Kind.SESSION, UUID.randomUUID().toString()));
        assertThat(client.endReasons).isEmpty();
        receive(fixture, new Signal(schema, kind, about));
        fixture.consoleSlots.leave(consoleSlot);
        return List.copyOf(client.endReasons);
    }

    /** Returns the end reasons of open, permitted consoles after the change. */
    private List<ConsoleEndReason> endReasonsAfterCheck(ConsoleFixture fixture, String change) {
        client.endReasons.clear();
        var consoleSlot = slot(fixture, fixture.owner, fixture.session(fixture.owner));
        fixture.consoleSlots.take(consoleSlot);
        check(fixture);
        assertThat(client.endReasons).as("before %s", change).isEmpty();
        fixture.asOwner(change);
        check(fixture);
        fixture.consoleSlots.leave(consoleSlot);
        return List.copyOf(client.endReasons);
    }

    @Test
    void endsAllConsolesOnShutdown() {
        var fixture = new ConsoleFixture("consoles-c", FEW);
        fixture.consoleSlots.take(slot(fixture, fixture.owner));
        fixture.consoleSlots.close();
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.SHUTDOWN);
    }

    @Test
    void endsConsolesAfterSignOutOrLossOfPermission() {
        var fixture = new ConsoleFixture("consoles-d", FEW);
        var session = fixture.session(fixture.owner);
        assertThat(endReason(fixture, fixture.owner, session)).isEqualTo("open");
        assertThat(endReason(fixture, fixture.viewer, fixture.session(fixture.viewer)))
                .isEqualTo("FORBIDDEN");
        fixture.asOwner("update %.service set state = 'SUSPENDED'");
        assertThat(endReason(fixture, fixture.owner, session)).isEqualTo("FORBIDDEN");
        fixture.asOwner("update %.service set state = 'ACTIVE'");
        fixture.asOwner("update %.web_session set ended_at = now() where id = '" + session + "'");
        assertThat(endReason(fixture, fixture.owner, session)).isEqualTo("SIGNED_OUT");
    }

    @Test
    void offersAShellOnlyForAnActiveServerWithAKey() {
        var fixture = new ConsoleFixture("consoles-e", FEW);
        assertThat(offers(fixture, fixture.owner)).isFalse();
        var line = fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service))
                .orElseThrow();
        assertThat(line).startsWith("ssh-ed25519 AAAA").endsWith(" console");
        assertThat(fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service)))
                .contains(line);
        assertThat(fixture.texts("select pair from %.service_key"))
                .allSatisfy(pair -> assertThat(pair).startsWith("v1.one."));
        assertThat(offers(fixture, fixture.owner)).isTrue();
        assertThat(offers(fixture, fixture.viewer)).isFalse();
        fixture.asOwner("update %.service set state = 'TERMINATED', ended_at = activated_at");
        assertThat(offers(fixture, fixture.owner)).isFalse();
    }

    @Test
    void offersAScreenWhenTheProviderSupportsIt() {
        var fixture = new ConsoleFixture("consoles-f", FEW);
        assertThat(offer(fixture, fixture.owner)).isEqualTo(new ConsoleAccess.Offer(false, Optional.of("vendor")));
        assertThat(offer(fixture, fixture.viewer)).isEqualTo(new ConsoleAccess.Offer(false, Optional.empty()));
        assertThat(fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service)))
                .isPresent();
        assertThat(offer(fixture, fixture.owner).shell()).isTrue();
        fixture.asOwner("update %.service set provider_ref = null");
        assertThat(offer(fixture, fixture.owner)).isEqualTo(new ConsoleAccess.Offer(false, Optional.empty()));
    }

    @Test
    void acceptsAnyHostKeyWhileAServerIsRebuilt() {
        var fixture = new ConsoleFixture("consoles-g", FEW);
        assertThat(fixture.as(fixture.owner, () -> fixture.consoleAccess.enter(fixture.service)))
                .hasValueSatisfying(it -> assertThat(it.isRebuilding()).isFalse());
        fixture.asOwner("update %.service set pending_operation = 'RESIZE'");
        assertThat(fixture.as(fixture.owner, () -> fixture.consoleAccess.enter(fixture.service)))
                .hasValueSatisfying(it -> assertThat(it.isRebuilding()).isFalse());
        for (var changing : List.of("REBUILD", "RESCUE", "LEAVE_RESCUE")) {
            fixture.asOwner("update %.service set pending_operation = '" + changing + "'");
            assertThat(fixture.as(fixture.owner, () -> fixture.consoleAccess.enter(fixture.service)))
                    .hasValueSatisfying(it -> assertThat(it.isRebuilding()).isTrue());
        }
    }

    private static ConsoleAccess.Offer offer(ConsoleFixture fixture, Actor person) {
        return fixture.as(person, () -> fixture.consoleAccess.offer(organization(fixture), fixture.service));
    }

    private static UUID organization(ConsoleFixture fixture) {
        return fixture.serverEndpoints.of(fixture.service).orElseThrow().organizationId();
    }

    private static boolean offers(ConsoleFixture fixture, Actor person) {
        return fixture.as(person, () -> fixture.consoleAccess.offers(organization(fixture), fixture.service));
    }

    private static String endReason(ConsoleFixture fixture, Actor person, UUID session) {
        return fixture.as(person, () -> fixture.consoleAccess.leave(fixture.service, session))
                .map(ConsoleEndReason::name)
                .orElse("open");
    }

    /** Checks as a timer does, in one transaction for all. */
    private static void check(ConsoleFixture fixture) {
        var unused = fixture.billingFixture.in(() -> {
            fixture.consoleSlots.check();
            return true;
        });
    }

    private static void receive(ConsoleFixture fixture, Signal signal) {
        var unused = fixture.billingFixture.in(() -> {
            fixture.consoleSlots.heard(signal);
            return true;
        });
    }

    @Test
    void limitsConsolesPerTenant() {
        var few = Map.of("tenantry.console.each", "1", "tenantry.console.tenant", "2", "tenantry.console.most", "3");
        var fixture = new ConsoleFixture("consoles-t", few);
        var other = Scope.of(new TenantId("consoles-u"));
        var own = Scope.of(fixture.billingFixture.tenant);
        assertThat(fixture.consoleSlots.take(slot(own, fixture, fixture.owner))).isTrue();
        assertThat(fixture.consoleSlots.take(slot(own, fixture, fixture.viewer)))
                .isTrue();
        assertThat(fixture.consoleSlots.take(slot(own, fixture, person()))).isFalse();
        assertThat(fixture.consoleSlots.take(slot(other, fixture, person()))).isTrue();
        assertThat(fixture.consoleSlots.take(slot(other, fixture, person()))).isFalse();
    }

    @Test
    void limitsOrganizationsAndReservesConsolesForStaff() {
        var few = Map.of("tenantry.console.each", "1", "tenantry.console.tenant", "10", "tenantry.console.most", "99");
        var fixture = new ConsoleFixture("consoles-v", few);
        var own = Scope.of(fixture.billingFixture.tenant);
        assertThat(fixture.consoleSlots.take(slot(fixture, person()))).isTrue();
        assertThat(fixture.consoleSlots.take(slot(fixture, person()))).isTrue();
        assertThat(fixture.consoleSlots.take(slot(fixture, person())))
                .as("the organization's third")
                .isFalse();
        for (int i = 0; i < 7; i++) {
            assertThat(fixture.consoleSlots.take(slot(own, fixture, person()))).isTrue();
        }
        assertThat(fixture.consoleSlots.take(slot(own, fixture, person())))
                .as("the customers' tenth")
                .isFalse();
        var staff = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Sam");
        assertThat(fixture.consoleSlots.take(slot(fixture, staff))).isTrue();
    }

    private static Actor person() {
        return new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Nina");
    }

    private ConsoleSlot slot(ConsoleFixture fixture, Actor person) {
        return slot(fixture, person, UUID.randomUUID());
    }

    private ConsoleSlot slot(Scope scope, ConsoleFixture fixture, Actor person) {
        return new ConsoleSlot(
                scope,
                person,
                UUID.randomUUID(),
                UUID.randomUUID(),
                fixture.service,
                ConsoleToken.Kind.SHELL,
                new Console(client, nanos::get));
    }

    private ConsoleSlot slot(ConsoleFixture fixture, Actor person, UUID session) {
        return new ConsoleSlot(
                Scope.of(fixture.billingFixture.tenant),
                person,
                session,
                ORGANIZATION,
                fixture.service,
                ConsoleToken.Kind.SHELL,
                new Console(client, nanos::get));
    }
}
