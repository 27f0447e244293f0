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
 * A vendor's list beside our services, as they were before it was read and as they are after. What changed meanwhile is nobody's fault:
 * of such a service nothing is said, neither that it is right nor that it is wrong.
 */
final class Comparison {
    private final String account;
    private final Map<UUID, ExpectedServer> before;
    private final Map<UUID, ExpectedServer> after;
    private final Map<String, ProviderServer> servers;
    private final Map<String, UUID> numbers = new HashMap<>();
    private final Map<UUID, List<ProviderServer>> own = new HashMap<>();

    /**
     * @param account whose list it is
     * @param before services before the list was read
     * @param after services, also those that marks in the list name, after that
     * @param list the vendor's; a page that shifts while it is read may name a server twice
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
            if (providerServer.state() != ProviderServer.State.LEAVING) {
                owner(providerServer)
                        .ifPresent(id -> own.computeIfAbsent(id, unknown -> new ArrayList<>())
                                .add(providerServer));
            }
        }
    }

    /**
     * What came of it.
     *
     * @param sightings all that is not as it should be
     * @param unsaid marks of which nothing is said: what was found of them before stays as it is
     * @param live services whose server should be there
     * @param lacking how many of those are not, as far as is known
     */
    record Result(List<Observation> sightings, Set<String> unsaid, int live, int lacking) {
        /** Whether so much is missing at once that the account is rather another than empty. */
        boolean isDoubtful() {
            return lacking >= DOUBTED_MIN && lacking * 2 > live;
        }
    }

    /** Fewer missing servers are believed, however few there were. */
    static final int DOUBTED_MIN = 3;

    /** Services whose server is not in the list, by no number and no mark: to be asked for one by one, for lists may be late. */
    List<ExpectedServer> missing() {
        return after.values().stream()
                .filter(service -> service.isLive() && service.account().equals(account) && isSettled(service))
                .filter(service -> !own.containsKey(service.id()))
                .filter(service -> noted(service).isEmpty())
                .toList();
    }

    /** Services at rest of which nothing changed meanwhile, each with the server that is certainly its own. */
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
     * All that differs.
     *
     * @param serverProbes about those that are missing; of one that was not asked for nothing is said
     */
    Result result(ServerProbes serverProbes) {
        var sightings = new ArrayList<Observation>();
        var unsaid = new TreeSet<String>();
        var live = 0;
        var lacking = 0;
        for (var service : after.values()) {
            if (!isSettled(service)) {
                unsaid.add(new ResourceTag(service.id()).text());
            } else if (service.isLive() && service.account().equals(account)) {
                live++;
                lacking += compare(service, serverProbes, sightings, unsaid) ? 0 : 1;
            }
        }
        for (var providerServer : servers.values()) {
            if (providerServer.state() != ProviderServer.State.LEAVING) {
                unwanted(providerServer).ifPresent(sightings::add);
            }
        }
        for (var service : before.values()) {
            if (!after.containsKey(service.id())) {
                unsaid.add(new ResourceTag(service.id()).text()); // It ended meanwhile.
            }
        }
        return new Result(List.copyOf(sightings), Set.copyOf(unsaid), live, lacking);
    }

    /** Tells whether a server of it may be there. */
    private boolean compare(
            ExpectedServer service, ServerProbes serverProbes, List<Observation> sightings, Set<String> unsaid) {
        var there = own.getOrDefault(service.id(), List.of());
        var noted = noted(service);
        if (noted.isPresent() && owner(noted.get()).filter(service.id()::equals).isPresent()) {
            sightings.addAll(Drift.of(service, noted.get()));
            there.stream()
                    .filter(providerServer ->
                            !providerServer.id().equals(noted.get().id()))
                    .forEach(providerServer ->
                            sightings.add(Observation.of(DiscrepancyType.DUPLICATE, providerServer, service)));
        } else if (there.size() == 1) {
            var providerServer = there.get(0);
            sightings.add(Observation.of(
                    DiscrepancyType.ID_CHANGED,
                    providerServer,
                    service,
                    service.upstreamId().orElse(""),
                    providerServer.id()));
        } else if (there.size() > 1) {
            there.forEach(providerServer ->
                    sightings.add(Observation.of(DiscrepancyType.DUPLICATE, providerServer, service)));
        } else if (serverProbes.gone().contains(service.id())) {
            sightings.add(Observation.missing(service));
            return false;
        } else {
            unsaid.add(new ResourceTag(service.id()).text());
            return serverProbes.there().contains(service.id());
        }
        return true;
    }

    /** The server of the service's number, unless that was given to another. */
    private Optional<ProviderServer> noted(ExpectedServer service) {
        return service.upstreamId()
                .flatMap(number -> Optional.ofNullable(servers.get(number)))
                .filter(providerServer -> providerServer.mayBe(new ResourceTag(service.id())));
    }

    /** A server that is no running service's, nor of one on its way. */
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

    /** Whom its mark names; of one without, who knows its number. */
    private Optional<UUID> owner(ProviderServer providerServer) {
        return providerServer
                .mark()
                .map(ResourceTag::serviceId)
                .or(() -> Optional.ofNullable(numbers.get(providerServer.id())));
    }

    /** What is over stays so, and was not among those before. */
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
