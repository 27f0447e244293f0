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
    static final String BLIND = "blind";

    private final List<Duration> asked = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private Optional<Reason> failure = Optional.empty();
    private boolean isHanging;
    private List<Series> told = List.of();
    private boolean isGone;
    private Optional<ResourceTag> mark = Optional.empty();

    /** Sets what it returns from now on. */
    synchronized void says(Instant at, String cpu) {
        told = List.of(new Series(Kind.CPU, List.of(new Point(at, new BigDecimal(cpu)))));
    }

    synchronized void fails(Reason reason) {
        failure = Optional.of(reason);
    }

    /** Marks the server as that service's. */
    synchronized void marks(UUID service) {
        mark = Optional.of(new ResourceTag(service));
    }

    /** Removes all servers. */
    synchronized void losesAll() {
        isGone = true;
    }

    /** Stops responding. */
    synchronized void hangs() {
        isHanging = true;
    }

    /** Answers all waiting callers. */
    void comesBack() {
        synchronized (this) {
            isHanging = false;
        }
        never.countDown();
    }

    /** Returns the requested periods, in order. */
    synchronized List<Duration> asked() {
        return List.copyOf(asked);
    }

    private synchronized Optional<ProviderServer> server(String id) {
        return isGone
                ? Optional.empty()
                : Optional.of(new ProviderServer(
                        id, mark, "kiosk", ProviderServer.State.RUNNING, List.of(), "s", "fra", Optional.empty()));
    }

    private List<Series> measured(Duration back) throws InterruptedException {
        boolean hang;
        synchronized (this) {
            asked.add(back);
            hang = isHanging;
        }
        if (hang) {
            never.await();
        }
        synchronized (this) {
            if (failure.isPresent()) {
                throw new ProviderFailure(failure.get(), "not now");
            }
            return told;
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
            case BLIND -> Optional.of(new TargetAccount(provider(ProviderClient.class), Map.of()));
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
