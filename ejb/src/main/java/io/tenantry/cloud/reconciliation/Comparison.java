package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Compares a provider's list with our services, as they were before the list was read and as they are afterwards. No statement is made about a
 * service that changed meanwhile, neither that it is right nor that it is wrong.
 */
final class Comparison {
    private final String account;
    private final Map<UUID, ExpectedServer> before;
    private final Map<UUID, ExpectedServer> after;
    private final Map<String, ProviderServer> servers;
    private final Map<String, UUID> numbers = new HashMap<>();
    private final Map<UUID, List<ProviderServer>> own = new HashMap<>();

    /**
     * @param account the account that the list belongs to
     * @param before services before the list was read
     * @param after services afterwards, including those whose resource tags are in the list
     * @param list the provider's list; it may contain a server twice if its pages shift while it is read
     */
    Comparison(
            String account,
            Collection<ExpectedServer> before,
            Collection<ExpectedServer> after,
            Collection<ProviderServer> list) {
        this.account = account;
        this.before = byId(before);
        this.after = byId(after);
        servers = distinct(list);
        for (var service : this.after.values()) {
            if (service.account().equals(account) && !service.isOver()) {
                service.upstreamId().ifPresent(number -> numbers.put(number, service.id()));
            }
        }
        for (var providerServer : servers.values()) {
            if (providerServer.state() != ProviderServer.State.DELETING) {
                owner(providerServer)
                        .ifPresent(id -> own.computeIfAbsent(id, unknown -> new ArrayList<>())
                                .add(providerServer));
            }
        }
    }

    /**
     * The result of a comparison.
     *
     * @param observed all discrepancies
     * @param unlisted resource tags about which no statement is made: earlier discrepancies of these stay unchanged
     * @param live number of services whose server should exist
     * @param lacking number of those whose server is missing, as far as known
     */
    record Result(List<Observation> observed, Set<String> unlisted, int live, int lacking) {
        /** Whether so many servers are missing at once that the account is more likely a different one than empty. */
        boolean isDoubtful() {
            return lacking >= DOUBTED_MIN && lacking * 2 > live;
        }
    }

    /** Fewer missing servers than that are never doubted, however small the account is. */
    static final int DOUBTED_MIN = 3;

    /**
     * Returns services whose server is not in the list, neither by ID nor by resource tag; they must be queried individually, since lists may be
     * outdated.
     */
    List<ExpectedServer> missing() {
        return after.values().stream()
                .filter(service -> service.isLive() && service.account().equals(account) && isSettled(service))
                .filter(service -> !own.containsKey(service.id()))
                .filter(service -> noted(service).isEmpty())
                .toList();
    }

    /** Returns services at rest that did not change meanwhile, each with the server that certainly belongs to it. */
    Map<ExpectedServer, ProviderServer> atRest() {
        var all = new LinkedHashMap<ExpectedServer, ProviderServer>();
        after.values().stream()
                .filter(service -> service.isAtRest() && service.account().equals(account) && isSettled(service))
                .forEach(service -> noted(service)
                        .filter(providerServer -> owner(providerServer)
                                .filter(service.id()::equals)
                                .isPresent())
                        .ifPresent(providerServer -> all.put(service, providerServer)));
        return all;
    }

    /**
     * Returns all discrepancies.
     *
     * @param serverProbes the results for missing servers; no statement is made about one that was not queried
     */
    Result result(ServerProbes serverProbes) {
        var observed = new ArrayList<Observation>();
        var unlisted = new TreeSet<String>();
        var live = 0;
        var lacking = 0;
        for (var service : after.values()) {
            if (!isSettled(service)) {
                unlisted.add(new ResourceTag(service.id()).text());
            } else if (service.isLive() && service.account().equals(account)) {
                live++;
                lacking += compare(service, serverProbes, observed, unlisted) ? 0 : 1;
            }
        }
        for (var providerServer : servers.values()) {
            if (providerServer.state() != ProviderServer.State.DELETING) {
                unwanted(providerServer).ifPresent(observed::add);
            }
        }
        for (var service : before.values()) {
            if (!after.containsKey(service.id())) {
                unlisted.add(new ResourceTag(service.id()).text()); // It ended meanwhile.
            }
        }
        return new Result(List.copyOf(observed), Set.copyOf(unlisted), live, lacking);
    }

    /** Compares a service, and returns whether a server of it may exist. */
    private boolean compare(
            ExpectedServer service, ServerProbes serverProbes, List<Observation> observed, Set<String> unlisted) {
        var there = own.getOrDefault(service.id(), List.of());
        var noted = noted(service);
        if (noted.isPresent() && owner(noted.get()).filter(service.id()::equals).isPresent()) {
            observed.addAll(Drift.of(service, noted.get()));
            there.stream()
                    .filter(providerServer ->
                            !providerServer.id().equals(noted.get().id()))
                    .forEach(providerServer ->
                            observed.add(Observation.of(DiscrepancyType.DUPLICATE, providerServer, service)));
        } else if (there.size() == 1) {
            var providerServer = there.get(0);
            observed.add(Observation.of(
                    DiscrepancyType.ID_CHANGED,
                    providerServer,
                    service,
                    service.upstreamId().orElse(""),
                    providerServer.id()));
        } else if (there.size() > 1) {
            there.forEach(
                    providerServer -> observed.add(Observation.of(DiscrepancyType.DUPLICATE, providerServer, service)));
        } else if (serverProbes.gone().contains(service.id())) {
            observed.add(Observation.missing(service));
            return false;
        } else {
            unlisted.add(new ResourceTag(service.id()).text());
            return serverProbes.there().contains(service.id());
        }
        return true;
    }

    /** Returns the server with the service's ID, unless the ID now belongs to another. */
    private Optional<ProviderServer> noted(ExpectedServer service) {
        return service.upstreamId()
                .flatMap(number -> Optional.ofNullable(servers.get(number)))
                .filter(providerServer -> providerServer.mayBe(new ResourceTag(service.id())));
    }

    /** Returns the observation of a server that belongs neither to a running service nor to one being provisioned. */
    private Optional<Observation> unwanted(ProviderServer providerServer) {
        var owner = owner(providerServer);
        if (owner.isEmpty()) {
            return Optional.of(Observation.of(DiscrepancyType.UNMANAGED, providerServer));
        }
        var service = Optional.ofNullable(after.get(owner.get()));
        if (service.isEmpty()) {
            return Optional.of(Observation.of(DiscrepancyType.UNKNOWN_SERVER, providerServer));
        }
        return service.filter(expectedServer -> expectedServer.isOver()
                        && expectedServer.account().equals(account)
                        && isSettled(expectedServer))
                .map(expectedServer -> Observation.of(DiscrepancyType.ORPHANED, providerServer, expectedServer));
    }

    /** Returns the service by the server's resource tag; without a resource tag, by its ID. */
    private Optional<UUID> owner(ProviderServer providerServer) {
        return providerServer
                .mark()
                .map(ResourceTag::serviceId)
                .or(() -> Optional.ofNullable(numbers.get(providerServer.id())));
    }

    /** Whether the service did not change; one that is over stays so, and was not among the services before. */
    private boolean isSettled(ExpectedServer service) {
        var earlier = before.get(service.id());
        return earlier == null ? service.isOver() || !service.account().equals(account) : earlier.equals(service);
    }

    private static Map<UUID, ExpectedServer> byId(Collection<ExpectedServer> services) {
        var all = new TreeMap<UUID, ExpectedServer>();
        services.forEach(service -> all.put(service.id(), service));
        return all;
    }

    private static Map<String, ProviderServer> distinct(Collection<ProviderServer> list) {
        var all = new LinkedHashMap<String, ProviderServer>();
        list.forEach(providerServer -> all.putIfAbsent(providerServer.id(), providerServer));
        return all;
    }
}
