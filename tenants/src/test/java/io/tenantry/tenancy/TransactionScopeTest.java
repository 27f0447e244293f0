package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionScopeTest {
    private static final Scope AURORA = Scope.of(new TenantId("aurora"));
    private static final Scope BOREALIS = Scope.of(new TenantId("borealis"));

    @AfterEach
    void noServer() {
        JndiNames.nothing();
        TransactionScope.use(null);
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK})
    void transactionKeepsItsFirstScope(int status) {
        try (var transaction = Transactions.in(status)) {
            TransactionScope.bind(AURORA);
            TransactionScope.bind(AURORA);

            assertThatThrownBy(() -> TransactionScope.bind(BOREALIS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("cannot enter borealis within a transaction of aurora");
        }
    }

    @Test
    void rejectedScopeDoesNotReplaceBoundOne() {
        try (var transaction = Transactions.active()) {
            TransactionScope.bind(AURORA);
            assertThatThrownBy(() -> TransactionScope.bind(BOREALIS)).isInstanceOf(IllegalStateException.class);

            assertThatCode(() -> TransactionScope.bind(AURORA)).doesNotThrowAnyException();
        }
    }

    @Test
    void unboundTransactionAcceptsAnyScope() {
        try (var transaction = Transactions.active()) {
            TransactionScope.refuseOther(AURORA);

            assertThatCode(() -> TransactionScope.bind(BOREALIS)).doesNotThrowAnyException();
        }
    }

    @Test
    void rejectsOtherTenantWithinTransaction() {
        try (var transaction = Transactions.active();
                var enteredScope = Tenancy.enter(AURORA)) {
            TransactionScope.bind(AURORA);

            assertThatThrownBy(() -> Tenancy.enter(BOREALIS)).hasMessageContaining("within a transaction of aurora");
            assertThat(Tenancy.scope()).isEqualTo(AURORA);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK})
    void keepsNothingWithoutTransaction(int status) {
        try (var transaction = Transactions.in(status)) {
            TransactionScope.bind(AURORA);
            TransactionScope.ready();

            assertThat(TransactionScope.isReady()).isFalse();
            assertThatCode(() -> TransactionScope.bind(BOREALIS)).doesNotThrowAnyException();
        }
    }

    @Test
    void connectionIsReadyOnlyWithinItsTransaction() {
        try (var transaction = Transactions.active()) {
            assertThat(TransactionScope.isReady()).isFalse();
            TransactionScope.ready();
            assertThat(TransactionScope.isReady()).isTrue();
        }
        try (var next = Transactions.active()) {
            assertThat(TransactionScope.isReady()).isFalse();
        }
    }

    @Test
    void looksUpTransactionRegistryOfServer() {
        TransactionScope.bind(AURORA);
        JndiNames.offer("java:jboss/TransactionSynchronizationRegistry", Transactions.untold());

        TransactionScope.bind(AURORA);

        assertThatThrownBy(() -> TransactionScope.bind(BOREALIS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cachesTransactionRegistry() {
        JndiNames.offer("java:jboss/TransactionSynchronizationRegistry", Transactions.untold());
        TransactionScope.bind(AURORA);
        JndiNames.nothing();

        assertThatThrownBy(() -> TransactionScope.bind(BOREALIS)).isInstanceOf(IllegalStateException.class);
    }
}
