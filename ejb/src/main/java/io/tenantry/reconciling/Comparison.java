package io.tenantry.reconciling;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Server;
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
    private final Map<UUID, Known> before;
    private final Map<UUID, Known> after;
    private final Map<String, Server> servers;
    private final Map<String, UUID> numbers = new HashMap<>();
    private final Map<UUID, List<Server>> own = new HashMap<>();

    /**
     * @param account whose list it is
     * @param before services before the list was read
     * @param after services, also those that marks in the list name, after that
     * @param list the vendor's; a page that shifts while it is read may name a server twice
     */
    Comparison(String account, Collection<Known> before, Collection<Known> after, Collection<Server> list) {
        this.account = account;
        this.before = byId(before);
        this.after = byId(after);
        servers = distinct(list);
        for (var service : this.after.values()) {
            if (service.account().equals(account) && !service.isOver()) {
                service.upstreamId().ifPresent(number -> numbers.put(number, service.id()));
            }
        }
        for (var server : servers.values()) {
            if (server.state() != Server.State.LEAVING) {
                owner(server)
                        .ifPresent(id -> own.computeIfAbsent(id, unknown -> new ArrayList<>())
                                .add(server));
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
    record Result(List<Sighting> sightings, Set<String> unsaid, int live, int lacking) {
        /** Whether so much is missing at once that the account is rather another than empty. */
        boolean isDoubtful() {
            return lacking >= DOUBTED_MIN && lacking * 2 > live;
        }
    }

    /** Fewer missing servers are believed, however few there were. */
    static final int DOUBTED_MIN = 3;

    /** Services whose server is not in the list, by no number and no mark: to be asked for one by one, for lists may be late. */
    List<Known> missing() {
        return after.values().stream()
                .filter(service -> service.isLive() && service.account().equals(account) && isSettled(service))
                .filter(service -> !own.containsKey(service.id()))
                .filter(service -> noted(service).isEmpty())
                .toList();
    }

    /** Services at rest of which nothing changed meanwhile, each with the server that is certainly its own. */
    Map<Known, Server> atRest() {
        var all = new LinkedHashMap<Known, Server>();
        after.values().stream()
                .filter(service -> service.isAtRest() && service.account().equals(account) && isSettled(service))
                .forEach(service -> noted(service)
                        .filter(server ->
                                owner(server).filter(service.id()::equals).isPresent())
                        .ifPresent(server -> all.put(service, server)));
        return all;
    }

    /**
     * All that differs.
     *
     * @param answers about those that are missing; of one that was not asked for nothing is said
     */
    Result result(Answers answers) {
        var sightings = new ArrayList<Sighting>();
        var unsaid = new TreeSet<String>();
        var live = 0;
        var lacking = 0;
        for (var service : after.values()) {
            if (!isSettled(service)) {
                unsaid.add(new Mark(service.id()).text());
            } else if (service.isLive() && service.account().equals(account)) {
                live++;
                lacking += compare(service, answers, sightings, unsaid) ? 0 : 1;
            }
        }
        for (var server : servers.values()) {
            if (server.state() != Server.State.LEAVING) {
                unwanted(server).ifPresent(sightings::add);
            }
        }
        for (var service : before.values()) {
            if (!after.containsKey(service.id())) {
                unsaid.add(new Mark(service.id()).text()); // It ended meanwhile.
            }
        }
        return new Result(List.copyOf(sightings), Set.copyOf(unsaid), live, lacking);
    }

    /** Tells whether a server of it may be there. */
    private boolean compare(Known service, Answers answers, List<Sighting> sightings, Set<String> unsaid) {
        var there = own.getOrDefault(service.id(), List.of());
        var noted = noted(service);
        if (noted.isPresent() && owner(noted.get()).filter(service.id()::equals).isPresent()) {
            sightings.addAll(Drift.of(service, noted.get()));
            there.stream()
                    .filter(server -> !server.id().equals(noted.get().id()))
                    .forEach(server -> sightings.add(Sighting.of(Kind.DOUBLE, server, service)));
        } else if (there.size() == 1) {
            var server = there.get(0);
            sightings.add(Sighting.of(
                    Kind.RENUMBERED, server, service, service.upstreamId().orElse(""), server.id()));
        } else if (there.size() > 1) {
            there.forEach(server -> sightings.add(Sighting.of(Kind.DOUBLE, server, service)));
        } else if (answers.gone().contains(service.id())) {
            sightings.add(Sighting.missing(service));
            return false;
        } else {
            unsaid.add(new Mark(service.id()).text());
            return answers.there().contains(service.id());
        }
        return true;
    }

    /** The server of the service's number, unless that was given to another. */
    private Optional<Server> noted(Known service) {
        return service.upstreamId()
                .flatMap(number -> Optional.ofNullable(servers.get(number)))
                .filter(server -> server.mayBe(new Mark(service.id())));
    }

    /** A server that is no running service's, nor of one on its way. */
    private Optional<Sighting> unwanted(Server server) {
        var owner = owner(server);
        if (owner.isEmpty()) {
            return Optional.of(Sighting.of(Kind.FOREIGN, server));
        }
        var service = Optional.ofNullable(after.get(owner.get()));
        if (service.isEmpty()) {
            return Optional.of(Sighting.of(Kind.STRAY, server));
        }
        return service.filter(known -> known.isOver() && known.account().equals(account) && isSettled(known))
                .map(known -> Sighting.of(Kind.ORPHAN, server, known));
    }

    /** Whom its mark names; of one without, who knows its number. */
    private Optional<UUID> owner(Server server) {
        return server.mark().map(Mark::serviceId).or(() -> Optional.ofNullable(numbers.get(server.id())));
    }

    /** What is over stays so, and was not among those before. */
    private boolean isSettled(Known service) {
        var earlier = before.get(service.id());
        return earlier == null ? service.isOver() || !service.account().equals(account) : earlier.equals(service);
    }

    private static Map<UUID, Known> byId(Collection<Known> services) {
        var all = new TreeMap<UUID, Known>();
        services.forEach(service -> all.put(service.id(), service));
        return all;
    }

    private static Map<String, Server> distinct(Collection<Server> list) {
        var all = new LinkedHashMap<String, Server>();
        list.forEach(server -> all.putIfAbsent(server.id(), server));
        return all;
    }
}
