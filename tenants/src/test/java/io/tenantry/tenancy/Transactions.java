package io.tenantry.tenancy;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transaction of a thread as a server exposes it, for tests outside one; until closed. */
final class Transactions implements TransactionSynchronizationRegistry, AutoCloseable {
    /** Methods that a transaction's scope never needs: a test that calls them fails. */
    private static final String NOT_ASKED = "tenancy does not ask a transaction for this";

    private final Map<Object, @Nullable Object> resources = new HashMap<>();
    private final int status;

    private Transactions(int status) {
        this.status = status;
    }

    /** Returns a transaction in a {@link Status}. */
    static Transactions in(int status) {
        var transactions = new Transactions(status);
        TransactionScope.use(transactions);
        return transactions;
    }

    static Transactions active() {
        return in(Status.STATUS_ACTIVE);
    }

    /** Returns an active transaction that is not registered with the thread. */
    static Transactions untold() {
        return new Transactions(Status.STATUS_ACTIVE);
    }

    @Override
    public void close() {
        TransactionScope.use(null);
    }

    @Override
    public Object getTransactionKey() {
        return this;
    }

    @Override
    public void putResource(Object key, @Nullable Object value) {
        requireTransaction();
        resources.put(key, value);
    }

    @Override
    @SuppressWarnings("NullAway") // The interface does not document that the result may be null.
    public Object getResource(Object key) {
        requireTransaction();
        return resources.get(key);
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        throw new UnsupportedOperationException(NOT_ASKED);
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException(NOT_ASKED);
    }

    @Override
    public boolean getRollbackOnly() {
        throw new UnsupportedOperationException(NOT_ASKED);
    }

    private void requireTransaction() {
        if (status == Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("no transaction");
        }
    }
}
