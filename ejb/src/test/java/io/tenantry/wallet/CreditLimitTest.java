package io.tenantry.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.money.Money;
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

    private static Books books;
    private static OrganizationWallets wallets;

    @BeforeAll
    static void open() throws ReflectiveOperationException {
        books = new Books("limited", "EUR", "Europe/Berlin");
        var core = new Wallets(books.sql, books.clock, books.ledger);
        core.moved = unheard();
        var audit = new AuditTrail();
        var field = AuditTrail.class.getDeclaredField("sql");
        field.setAccessible(true);
        field.set(audit, books.sql);
        wallets = new OrganizationWallets();
        wallets.access = new Access(books.sql);
        wallets.audit = audit;
        wallets.wallets = core;
    }

    @Test
    void isWhatItWasWhenItsChangeIsTakenBack() {
        var wallet = books.wallet("1");
        assertThat(books.in(() -> wallets.limit(wallet, books.money("20")))).isEqualTo(books.money("0"));
        assertThat(books.in(() -> wallets.limitBack(wallet, books.money("20"), books.money("0"))))
                .isTrue();
        assertThat(limit(wallet)).isEqualTo(books.money("0"));
    }

    @Test
    void staysWhenSomebodySetAnotherSince() {
        var wallet = books.wallet("1");
        books.in(() -> wallets.limit(wallet, books.money("20")));
        books.in(() -> wallets.limit(wallet, books.money("50")));
        assertThat(books.in(() -> wallets.limitBack(wallet, books.money("20"), books.money("0"))))
                .isFalse();
        assertThat(limit(wallet)).isEqualTo(books.money("50"));
    }

    @Test
    void isTakenBackByWhoMaySetIt() {
        var wallet = books.wallet("1");
        try (var acting = Actors.enter(STRANGER)) {
            assertThatThrownBy(() -> Database.in(
                            books.tenant, () -> wallets.limitBack(wallet, books.money("0"), books.money("9"))))
                    .isInstanceOf(AccessDenied.class);
        }
        assertThat(limit(wallet)).isEqualTo(books.money("0"));
    }

    private static Money limit(UUID wallet) {
        return books.in(() -> wallets.wallets.find(wallet).orElseThrow().creditLimit());
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletMoved> unheard() {
        return (Event<WalletMoved>) Proxy.newProxyInstance(
                CreditLimitTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> null);
    }
}
