package io.tenantry.bench.driver;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Concurrent threads of the server, each working for a random tenant in its own transaction over the application's connections: what requests
 * do, without the requests. All data read must contain the tenant's own canary.
 */
@ApplicationScoped
public class ConcurrentUsers {
    /** One in this many also names another tenant's schema, and one in this many writes. */
    private static final int REACHES_OVER_ONE_IN = 20;

    private static final int WRITES_ONE_IN = 5;
    private static final int SHOWN_MAX = 20;

    @Inject
    Sql sql;

    @Resource
    UserTransaction transaction;

    /**
     * Runs that many transactions.
     *
     * @return their number, then one line per error
     */
    public List<String> inspect(List<TenantId> tenants, int threads, int times, long seed) {
        var left = new AtomicInteger(times);
        var done = new AtomicInteger();
        var wrong = new ConcurrentLinkedQueue<String>();
        var crowd = Executors.newFixedThreadPool(threads);
        try {
            var all = new ArrayList<Callable<Integer>>();
            for (var thread = 0; thread < threads; thread++) {
                var random = new Random(seed * threads + thread);
                all.add(() -> {
                    while (left.decrementAndGet() >= 0) {
                        wrong.addAll(one(tenants, random));
                        done.incrementAndGet();
                    }
                    return 0;
                });
            }
            for (Future<Integer> each : crowd.invokeAll(all)) {
                each.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } finally {
            crowd.shutdownNow();
        }
        var told = new ArrayList<String>();
        told.add(done.toString());
        wrong.stream().limit(SHOWN_MAX).forEach(told::add);
        return told;
    }

    private List<String> one(List<TenantId> tenants, Random random) throws NotSupportedException, SystemException {
        var own = tenants.get(random.nextInt(tenants.size()));
        var other = tenants.get(random.nextInt(tenants.size()));
        transaction.begin();
        try {
            return Tenancy.in(own, () -> {
                var wrong = new ArrayList<String>();
                wrong.addAll(foreign(own, "select name from organization limit 10"));
                wrong.addAll(foreign(own, "select name from service limit 10"));
                if (random.nextInt(WRITES_ONE_IN) == 0) {
                    var changed =
                            sql.update("update organization set name = name where name not like ?", own.value() + "%");
                    if (changed != 0) {
                        wrong.add(own + " could change " + changed + " organizations of another");
                    }
                }
                if (!own.equals(other) && random.nextInt(REACHES_OVER_ONE_IN) == 0) {
                    wrong.addAll(reachOver(own, other));
                }
                return wrong;
            });
        } finally {
            transaction.rollback();
        }
    }

    /** Reports names that are not the tenant's, or that none was found: every tenant has some. */
    private List<String> foreign(TenantId own, String query) {
        var names = sql.query(query, row -> row.text("name"));
        if (names.isEmpty()) {
            return List.of(own + " has nothing: " + query);
        }
        return names.stream()
                .filter(name -> !name.startsWith(own.value()))
                .map(name -> own + " saw " + name)
                .toList();
    }

    /** The last step of a transaction: the refusal makes it unusable. */
    private List<String> reachOver(TenantId own, TenantId other) {
        try {
            return sql.query(
                    "select name from " + other.schema() + ".organization", row -> own + " saw " + row.text("name"));
        } catch (RuntimeException refused) {
            return List.of();
        }
    }
}
