package io.tenantry.cloud.metrics;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.Metrics;
import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Providers of which one returns preset measurements, and one supports none. */
final class FixedMetricsProvider implements ProvisioningTarget {
    static final String MEASURING = "measuring";
    static final String WITHOUT_METRICS = "without metrics";

    private final List<Duration> queriedPeriods = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private Optional<Reason> failure = Optional.empty();
    private boolean isHanging;
    private List<Series> series = List.of();
    private boolean isGone;
    private Optional<ResourceTag> tag = Optional.empty();

    /** Sets what it returns from now on. */
    synchronized void setCpu(Instant at, String cpu) {
        series = List.of(new Series(Kind.CPU, List.of(new Point(at, new BigDecimal(cpu)))));
    }

    synchronized void failWith(Reason reason) {
        failure = Optional.of(reason);
    }

    /** Tags the server as that service's. */
    synchronized void tagServer(UUID service) {
        tag = Optional.of(new ResourceTag(service));
    }

    /** Removes all servers. */
    synchronized void removeServers() {
        isGone = true;
    }

    /** Stops responding. */
    synchronized void hang() {
        isHanging = true;
    }

    /** Answers all waiting callers. */
    void releaseCallers() {
        synchronized (this) {
            isHanging = false;
        }
        released.countDown();
    }

    /** Returns the requested periods, in order. */
    synchronized List<Duration> queriedPeriods() {
        return List.copyOf(queriedPeriods);
    }

    private synchronized Optional<ProviderServer> server(String id) {
        return isGone
                ? Optional.empty()
                : Optional.of(new ProviderServer(
                        id, tag, "kiosk", ProviderServer.State.RUNNING, List.of(), "s", "fra", Optional.empty()));
    }

    private List<Series> measured(Duration period) throws InterruptedException {
        boolean waits;
        synchronized (this) {
            queriedPeriods.add(period);
            waits = isHanging;
        }
        if (waits) {
            released.await();
        }
        synchronized (this) {
            if (failure.isPresent()) {
                throw new ProviderFailure(failure.get(), "unavailable");
            }
            return series;
        }
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return Optional.empty();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return switch (account) {
            case MEASURING -> Optional.of(new TargetAccount(provider(ProviderClient.class, Metrics.class), Map.of()));
            case WITHOUT_METRICS -> Optional.of(new TargetAccount(provider(ProviderClient.class), Map.of()));
            default -> Optional.empty();
        };
    }

    /** Creates a provider that supports at most measuring. */
    private ProviderClient provider(Class<?>... abilities) {
        return (ProviderClient) Proxy.newProxyInstance(
                FixedMetricsProvider.class.getClassLoader(), abilities, (proxy, method, arguments) -> {
                    if (method.getName().equals("measured")) {
                        return measured((Duration) arguments[2]);
                    }
                    if (method.getName().equals("server")) {
                        return server((String) arguments[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
