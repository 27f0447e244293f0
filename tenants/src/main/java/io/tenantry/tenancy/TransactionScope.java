package io.tenantry.tenancy;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds a transaction to the scope that first touched the database in it. The server uses one physical connection for the whole transaction, so
 * a second scope would silently write into the first one's schema.
 */
final class TransactionScope {
    private static final String SCOPE = TransactionScope.class.getName() + ".scope";
    private static final String READY = TransactionScope.class.getName() + ".ready";
    private static final String REGISTRY = "java:jboss/TransactionSynchronizationRegistry";

    private static volatile @Nullable TransactionSynchronizationRegistry registry;

    private TransactionScope() {}

    /** Binds the current transaction, if there is one, to the scope; refuses if it is bound to another. */
    static void bind(Scope scope) {
        refuseOther(scope);
        active().ifPresent(transaction -> transaction.putResource(SCOPE, scope));
    }

    static void refuseOther(Scope scope) {
        active().map(transaction -> transaction.getResource(SCOPE))
                .filter(bound -> !bound.equals(scope))
                .ifPresent(bound -> {
                    throw new IllegalStateException(
                            "cannot enter " + scope.label() + " within a transaction of " + ((Scope) bound).label());
                });
    }

    /** Whether there is a transaction. */
    static boolean isActive() {
        return active().isPresent();
    }

    /** Whether the transaction's connection has assumed the scope's role; without a transaction nothing persists. */
    static boolean isReady() {
        return active().filter(transaction -> transaction.getResource(READY) != null)
                .isPresent();
    }

    /** Records that the transaction's connection has assumed the scope's role. */
    static void ready() {
        active().ifPresent(transaction -> transaction.putResource(READY, READY));
    }

    /** Lets tests outside a server bring their own registry. */
    static void use(@Nullable TransactionSynchronizationRegistry own) {
        registry = own;
    }

    private static Optional<TransactionSynchronizationRegistry> active() {
        return registry().filter(transactions -> {
            var status = transactions.getTransactionStatus();
            return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
        });
    }

    private static Optional<TransactionSynchronizationRegistry> registry() {
        var known = registry;
        if (known == null) {
            known = JndiLookup.lookup(REGISTRY, TransactionSynchronizationRegistry.class)
                    .orElse(null);
            registry = known;
        }
        return Optional.ofNullable(known);
    }
}
