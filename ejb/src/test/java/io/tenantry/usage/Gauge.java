package io.tenantry.usage;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Metering;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import io.tenantry.provisioning.Upstream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A vendor that counts what it is told to have counted, and can do nothing else. */
final class Gauge implements Provider, Metering, Upstream {
    static final String ACCOUNT = "gauge";

    private final Map<String, List<Traffic>> traffic = new HashMap<>();
    private final Map<String, Reason> failures = new HashMap<>();
    private boolean isExact = true;

    /** What it tells of a server from now on. */
    void says(String id, Traffic... periods) {
        failures.remove(id);
        traffic.put(id, List.of(periods));
    }

    /** It tells nothing of a server from now on. */
    void fails(String id, Reason reason) {
        failures.put(id, reason);
    }

    /** It does not count, but estimates. */
    void estimates() {
        isExact = false;
    }

    void clear() {
        traffic.clear();
        failures.clear();
        isExact = true;
    }

    @Override
    public boolean isExact() {
        return isExact;
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        var failure = failures.get(serverId);
        if (failure != null) {
            throw new ProviderFailure(failure, "not now");
        }
        return traffic.getOrDefault(serverId, List.of());
    }

    @Override
    public Optional<Place> place(UUID planId, Plan.Size size, String region) {
        return Optional.empty();
    }

    @Override
    public Optional<Home> open(String account) {
        return account.equals(ACCOUNT) ? Optional.of(new Home(this, Map.of())) : Optional.empty();
    }

    @Override
    public String check() {
        return ACCOUNT;
    }

    @Override
    public Catalogue catalogue() {
        return new Catalogue(List.of(), List.of(), List.of());
    }

    @Override
    public List<Server> servers() {
        return List.of();
    }

    @Override
    public Optional<Server> server(String id) {
        return Optional.empty();
    }

    @Override
    public List<Server> marked(Mark mark) {
        return List.of();
    }

    @Override
    public Server create(Wish wish) {
        throw new UnsupportedOperationException("nothing is made here");
    }

    @Override
    public Task power(String id, Power power) {
        throw new UnsupportedOperationException("nothing is switched here");
    }

    @Override
    public void delete(String id) {
        throw new UnsupportedOperationException("nothing is deleted here");
    }

    @Override
    public Progress progress(Task task) {
        return Progress.done();
    }
}
