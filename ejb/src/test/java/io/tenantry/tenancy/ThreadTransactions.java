package io.tenantry.tenancy;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transaction of each thread as a server exposes it, for tests outside one: it belongs to one scope, and assumes its role once. */
public final class ThreadTransactions implements TransactionSynchronizationRegistry {
    /** Methods that a transaction's scope never needs: a test that calls them fails. */
    private static final String NOT_USED = "tenancy does not use this method of a transaction";

    private static final ThreadLocal<@Nullable Map<Object, Object>> RESOURCES = new ThreadLocal<>();

    private ThreadTransactions() {}

    /** Makes the transactions of all threads known to tenancy. */
    public static ThreadTransactions install() {
        var transactions = new ThreadTransactions();
        TransactionScope.use(transactions);
        return transactions;
    }

    /** Starts a transaction of this thread; the thread's present one is suspended until the result is closed. */
    public Running begin() {
        var suspended = RESOURCES.get();
        RESOURCES.set(new HashMap<>());
        return () -> RESOURCES.set(suspended);
    }

    /** A transaction that ends when closed. */
    public interface Running extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public Object getTransactionKey() {
        return current();
    }

    @Override
    public void putResource(Object key, Object value) {
        current().put(key, value);
    }

    @Override
    @SuppressWarnings("NullAway") // The interface does not document that the result may be null.
    public Object getResource(Object key) {
        return current().get(key);
    }

    @Override
    public int getTransactionStatus() {
        return RESOURCES.get() == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        throw new UnsupportedOperationException(NOT_USED);
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException(NOT_USED);
    }

    @Override
    public boolean getRollbackOnly() {
        throw new UnsupportedOperationException(NOT_USED);
    }

    private Map<Object, Object> current() {
        var current = RESOURCES.get();
        if (current == null) {
            throw new IllegalStateException("no transaction");
        }
        return current;
    }
}
