package io.tenantry.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CreditLimitTest {
    private static final Actor STRANGER = new Actor(Actor.Kind.STAFF, new UUID(7, 7), "Nobody's colleague");

    private static BillingFixture billingFixture;
    private static WalletAdministration wallets;

    @BeforeAll
    static void open() throws ReflectiveOperationException {
        billingFixture = new BillingFixture("limited", "EUR", "Europe/Berlin");
        var core = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        core.moved = eventWithoutObservers();
        var audit = new AuditTrail();
        var field = AuditTrail.class.getDeclaredField("sql");
        field.setAccessible(true);
        field.set(audit, billingFixture.sql);
        wallets = new WalletAdministration(new Access(billingFixture.sql), audit, core);
    }

    @Test
    void restoresTheLimitWhenAChangeIsUndone() {
        var wallet = billingFixture.wallet("1");
        assertThat(billingFixture.in(() -> wallets.limit(wallet, billingFixture.money("20"))))
                .isEqualTo(billingFixture.money("0"));
        assertThat(billingFixture.in(
                        () -> wallets.limitBack(wallet, billingFixture.money("20"), billingFixture.money("0"))))
                .isTrue();
        assertThat(limit(wallet)).isEqualTo(billingFixture.money("0"));
    }

    @Test
    void refusesToUndoAfterALaterChange() {
        var wallet = billingFixture.wallet("1");
        billingFixture.in(() -> wallets.limit(wallet, billingFixture.money("20")));
        billingFixture.in(() -> wallets.limit(wallet, billingFixture.money("50")));
        assertThat(billingFixture.in(
                        () -> wallets.limitBack(wallet, billingFixture.money("20"), billingFixture.money("0"))))
                .isFalse();
        assertThat(limit(wallet)).isEqualTo(billingFixture.money("50"));
    }

    @Test
    void requiresPermissionToUndo() {
        var wallet = billingFixture.wallet("1");
        try (var actorScope = Actors.enter(STRANGER)) {
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant,
                            () -> wallets.limitBack(wallet, billingFixture.money("0"), billingFixture.money("9"))))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(limit(wallet)).isEqualTo(billingFixture.money("0"));
    }

    private static Money limit(UUID wallet) {
        return billingFixture.in(
                () -> wallets.wallets.find(wallet).orElseThrow().creditLimit());
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletBalanceChanged> eventWithoutObservers() {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                CreditLimitTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> null);
    }
}
