package io.tenantry.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.push.Signal;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubscriberTest {
    private static final TenantId AURORA = new TenantId("aurora");
    private static final TenantId BOREALIS = new TenantId("borealis");

    @Test
    void staffReceiveWorkSignalsOfOwnResellerOnly() {
        var sam = viewer(Scope.of(AURORA), Actor.Kind.STAFF);
        assertThat(sam.word(work(AURORA), Set.of())).contains("work");
        assertThat(sam.word(work(BOREALIS), Set.of())).isEmpty();
    }

    @Test
    void operatorsReceiveAllWorkSignals() {
        var ines = viewer(Scope.PLATFORM, Actor.Kind.OPERATOR);
        assertThat(ines.word(work(AURORA), Set.of())).contains("work");
    }

    @Test
    void customersReceiveNoWorkSignals() {
        var olga = viewer(Scope.of(AURORA), Actor.Kind.MEMBER);
        assertThat(olga.word(work(AURORA), Set.of(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void isRecheckedWhenPersonOrTenantChanges() {
        var sam = viewer(Scope.of(AURORA), Actor.Kind.STAFF);
        var me = sam.personId().toString();
        assertThat(sam.isToBeAsked(new Signal(AURORA.schema(), Signal.Kind.SESSION, me)))
                .isTrue();
        assertThat(sam.isToBeAsked(new Signal(AURORA.schema(), Signal.Kind.TENANT, Signal.EVERYBODY)))
                .isTrue();
        assertThat(sam.isToBeAsked(new Signal(BOREALIS.schema(), Signal.Kind.SESSION, me)))
                .isFalse();
        assertThat(sam.isToBeAsked(new Signal(BOREALIS.schema(), Signal.Kind.TENANT, Signal.EVERYBODY)))
                .isFalse();
        assertThat(sam.isToBeAsked(new Signal(
                        AURORA.schema(), Signal.Kind.SESSION, UUID.randomUUID().toString())))
                .isFalse();
        assertThat(sam.word(new Signal(AURORA.schema(), Signal.Kind.TENANT, Signal.EVERYBODY), Set.of()))
                .isEmpty();
    }

    private static Subscriber viewer(Scope scope, Actor.Kind kind) {
        return new Subscriber(scope, UUID.randomUUID(), UUID.randomUUID(), kind, "192.0.2.1");
    }

    private static Signal work(TenantId tenant) {
        return new Signal(tenant.schema(), Signal.Kind.WORK, "7");
    }
}
