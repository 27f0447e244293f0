package io.tenantry.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Isolating;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A vendor that does as it is told: what comes next at each question is laid down before. */
final class Workshop implements Provider, Isolating, Upstream {
    /** What becomes of a question. */
    enum Fate {
        /** It is done and answered. */
        WELL,
        /** It is done, and the answer lost. */
        LOST,
        /** It is not done, and nobody answers. */
        SILENT,
        /** It is not done, and the vendor says so; later it may. */
        FULL,
        /** It is not done, and the vendor says so for good. */
        REFUSED,
        /** Nobody is reached. */
        AWAY,
        /** It is done, and whoever asked dies. */
        DEATH_AFTER,
        /** Whoever asked dies before it is asked. */
        DEATH_BEFORE
    }

    /** Whoever asked is no more. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Deque<Fate> creations = new ArrayDeque<>();
    private final Deque<Fate> looks = new ArrayDeque<>();
    private final Deque<Fate> switches = new ArrayDeque<>();
    private final Deque<Fate> cuts = new ArrayDeque<>();
    private final List<String> cut = new ArrayList<>();
    private final Map<String, Reach> reaches = new LinkedHashMap<>();
    private boolean isBehindOthers;
    private boolean isSlow;
    private boolean isPlain;
    private final List<Power> switched = new ArrayList<>();
    private Progress progress = Progress.done();
    private boolean stubborn;
    private final List<Wish> wishes = new ArrayList<>();
    private boolean refusesScripts;
    private int numbers;
    private int created;

    /** What becomes of the next wishes for a server, in order; then all goes well. */
    void creations(Fate... fates) {
        creations.addAll(List.of(fates));
    }

    /** What becomes of the next questions, in order; then all goes well. */
    void looks(Fate... fates) {
        looks.addAll(List.of(fates));
    }

    /** What becomes of the next wishes to switch a server, in order; then all goes well. */
    void switches(Fate... fates) {
        switches.addAll(List.of(fates));
    }

    /** What becomes of the next wishes to cut a server off or give its network back, in order; then all goes well. */
    void cuts(Fate... fates) {
        cuts.addAll(List.of(fates));
    }

    /** What it was asked of networks. */
    List<String> cut() {
        return List.copyOf(cut);
    }

    /** Nobody was cut off yet; whether others have firewalls around its servers, and whether it takes long until it shows what it did. */
    void cutting(boolean behindOthers, boolean slow) {
        cuts.clear();
        cut.clear();
        reaches.clear();
        isBehindOthers = behindOthers;
        isSlow = slow;
    }

    /** Whether it is a vendor that can do nothing but what all can. */
    void isPlain(boolean plain) {
        isPlain = plain;
    }

    /** As it is opened: of a plain one nothing else is to be seen. */
    Provider shown(Provider provider) {
        return isPlain
                ? (Provider) Proxy.newProxyInstance(
                        Workshop.class.getClassLoader(), new Class<?>[] {Provider.class}, (proxy, method, given) -> {
                            try {
                                return method.invoke(provider, given);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        })
                : provider;
    }

    /** How servers are switched from now on: how tasks stand, and whether systems end when they are asked to. */
    void switching(Progress stage, boolean isStubborn) {
        switched.clear();
        progress = stage;
        stubborn = isStubborn;
    }

    /** What it was asked to switch, and how. */
    List<Power> switched() {
        return List.copyOf(switched);
    }

    /** All that are there, but for those on their way out, come to be in that state. */
    void all(Server.State state) {
        servers.replaceAll((id, server) -> server.state() == Server.State.LEAVING ? server : in(server, state));
    }

    /** One that nobody asked for, with the mark of a service. */
    void appears(UUID service) {
        var unused = make(new Mark(service), "stray");
    }

    /** What was being deleted runs again: nobody did it. */
    void revives(UUID service) {
        of(service).forEach(server -> servers.put(server.id(), in(server, Server.State.RUNNING)));
    }

    /** It gives a number, also one that it gave before, to the server of that service, which runs. */
    void gives(String number, UUID service) {
        servers.put(
                number,
                new Server(
                        number,
                        Optional.of(new Mark(service)),
                        "again",
                        Server.State.RUNNING,
                        List.of("203.0.113.251"),
                        "small",
                        "fra",
                        Optional.of(Instant.EPOCH)));
    }

    /** What was being deleted is gone. */
    void vanish() {
        servers.values().removeIf(server -> server.state() == Server.State.LEAVING);
    }

    List<Server> of(UUID service) {
        return servers.values().stream()
                .filter(server -> server.mark().equals(Optional.of(new Mark(service))))
                .toList();
    }

    /** What it was asked for last. */
    Wish wished() {
        return wishes.get(wishes.size() - 1);
    }

    /** How often it was asked for one. */
    int created() {
        return created;
    }

    @Override
    public Optional<Place> place(UUID planId, Plan.Size size, String region) {
        return Optional.of(new Place("workshop", region, "small", "plain"));
    }

    @Override
    public List<Catalogue.Image> images(Place place) {
        return List.of(
                new Catalogue.Image("fancy-12", "Fancy", "Fancy", 5, true),
                new Catalogue.Image("plain", "Plain 1", "Plain", 5, false),
                new Catalogue.Image("plain-2", "Plain 2", "Plain", 5, false),
                new Catalogue.Image("plain-again", "Plain 1", "Plain", 5, false),
                new Catalogue.Image("vast", "Vast", "Vast", 500, false));
    }

    @Override
    public boolean refusesScripts(Place place) {
        return refusesScripts;
    }

    /** From now on, servers run scripts or not. */
    void runsScripts(boolean does) {
        refusesScripts = !does;
    }

    @Override
    public Optional<Home> open(String account) {
        return account.equals("workshop") ? Optional.of(new Home(shown(this), Map.of())) : Optional.empty();
    }

    @Override
    public String check() {
        return "workshop";
    }

    @Override
    public Catalogue catalogue() {
        return new Catalogue(List.of(), List.of(), List.of());
    }

    @Override
    public List<Server> servers() {
        return answer(looks.poll(), () -> List.copyOf(servers.values()));
    }

    @Override
    public Optional<Server> server(String id) {
        return answer(looks.poll(), () -> Optional.ofNullable(servers.get(id)));
    }

    @Override
    public List<Server> marked(Mark mark) {
        return answer(looks.poll(), () -> of(mark.serviceId()));
    }

    @Override
    public Server create(Wish wish) {
        created++;
        wishes.add(wish);
        return answer(creations.poll(), () -> make(wish.mark(), wish.hostname()));
    }

    @Override
    public Task power(String id, Power power) {
        switched.add(power);
        return answer(switches.poll(), () -> {
            var isOff = power == Power.OFF || power == Power.SHUT_DOWN;
            if (progress.stage() == Progress.Stage.DONE && !(power == Power.SHUT_DOWN && stubborn)) {
                var state = isOff ? Server.State.STOPPED : Server.State.RUNNING;
                servers.computeIfPresent(id, (known, server) -> in(server, state));
            }
            return new Task("task-" + switched.size());
        });
    }

    @Override
    public Task cutOff(String serverId) {
        cut.add("CUT");
        return answer(cuts.poll(), () -> {
            if (isBehindOthers) {
                throw new ProviderFailure(Reason.INVALID, "it is behind a firewall of others");
            }
            return reached(serverId, Reach.CUT);
        });
    }

    @Override
    public Task reconnect(String serverId) {
        cut.add("OPEN");
        return answer(cuts.poll(), () -> reached(serverId, Reach.OPEN));
    }

    private Task reached(String serverId, Reach reach) {
        reaches.put(serverId, isSlow ? Reach.BETWEEN : reach);
        return Task.NOTHING;
    }

    @Override
    public Reach reach(String serverId) {
        return reaches.getOrDefault(serverId, Reach.OPEN);
    }

    @Override
    public void delete(String id) {
        var unused = answer(
                looks.poll(),
                () -> Optional.ofNullable(
                        servers.computeIfPresent(id, (known, server) -> in(server, Server.State.LEAVING))));
    }

    @Override
    public Progress progress(Task task) {
        return progress;
    }

    private interface Deed<T> {
        T done();
    }

    private static <T> T answer(@org.jspecify.annotations.Nullable Fate fate, Deed<T> deed) {
        if (fate == Fate.LOST || fate == Fate.DEATH_AFTER) {
            var unused = deed.done();
        }
        if (fate == null || fate == Fate.WELL) {
            return deed.done();
        }
        if (fate == Fate.DEATH_AFTER || fate == Fate.DEATH_BEFORE) {
            throw new Death();
        }
        throw switch (fate) {
            case FULL -> new ProviderFailure(Reason.NO_CAPACITY, "no room here");
            case REFUSED -> new ProviderFailure(Reason.INVALID, "no such size");
            case AWAY -> new ProviderFailure(Reason.UNREACHABLE, "nobody there");
            default -> new ProviderFailure(Reason.NO_ANSWER, "silence");
        };
    }

    private Server make(Mark mark, String name) {
        var id = "ws-" + ++numbers;
        var server = new Server(
                id,
                Optional.of(mark),
                name,
                Server.State.BUILDING,
                List.of("203.0.113." + numbers % 250),
                "small",
                "fra",
                Optional.of(Instant.EPOCH));
        servers.put(id, server);
        return server;
    }

    private static Server in(Server server, Server.State state) {
        return new Server(
                server.id(),
                server.mark(),
                server.name(),
                state,
                new ArrayList<>(server.addresses()),
                server.size(),
                server.region(),
                server.createdAt());
    }
}
