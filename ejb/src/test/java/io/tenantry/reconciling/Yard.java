package io.tenantry.reconciling;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Server.State;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import io.tenantry.provisioning.Upstream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A vendor whose servers come and go as a test says; its list may be late, lose some of them, or break off. */
final class Yard implements Provider, Upstream {
    static final String ACCOUNT = "yard";

    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Set<String> unlisted = new TreeSet<>();
    private final Set<String> mute = new TreeSet<>();
    private final Set<String> dumb = new TreeSet<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> lookedUp = new ArrayList<>();
    private Runnable whileReading = () -> {};
    private Optional<ProviderFailure> failure = Optional.empty();

    /** A server that runs as it should, with the mark of a service. */
    void puts(String id, UUID service) {
        puts(id, Optional.of(new Mark(service)));
    }

    /** A server with that mark, or none. */
    void puts(String id, Optional<Mark> mark) {
        servers.put(
                id,
                new Server(
                        id,
                        mark,
                        "name of " + id,
                        State.RUNNING,
                        List.of("203.0.113.1"),
                        "small",
                        "fra",
                        Optional.of(Instant.EPOCH)));
    }

    /** It is another by now. */
    void turns(String id, UnaryOperator<Server> change) {
        servers.computeIfPresent(id, (known, server) -> change.apply(server));
    }

    void loses(String id) {
        servers.remove(id);
    }

    /** Its list does not name it, though it is there. */
    void hides(String id) {
        unlisted.add(id);
    }

    /** Its list does not tell whether that server is on. */
    void mutes(String id) {
        mute.add(id);
    }

    /** It fails whenever it is asked for that server. */
    void fallsOver(String id) {
        dumb.add(id);
    }

    /** Servers that it was asked for by their number, each time. */
    List<String> lookedUp() {
        return List.copyOf(lookedUp);
    }

    /** Its list breaks off on the third page, or does no more. */
    void breaksOff(boolean now) {
        fails(Optional.of(new ProviderFailure(Reason.NO_ANSWER, "page 3 of 5 did not come"))
                .filter(one -> now));
    }

    /** Its list fails like that, or does no more. */
    void fails(Optional<ProviderFailure> like) {
        failure = like;
    }

    /** Happens once, while the next list is on its way. */
    void whileReading(Runnable something) {
        whileReading = something;
    }

    boolean has(String id) {
        return servers.containsKey(id);
    }

    /** What was asked of it besides to look. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Nothing is there, and nothing was asked. */
    void clear() {
        servers.clear();
        unlisted.clear();
        mute.clear();
        dumb.clear();
        asked.clear();
        lookedUp.clear();
        failure = Optional.empty();
    }

    static Server with(Server server, State state, String size, String address) {
        return new Server(
                server.id(),
                server.mark(),
                server.name(),
                state,
                List.of(address),
                size,
                server.region(),
                server.createdAt());
    }

    static Server in(Server server, State state) {
        return with(server, state, server.size(), server.addresses().get(0));
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
        var listed = servers.values().stream()
                .filter(server -> !unlisted.contains(server.id()))
                .map(server -> mute.contains(server.id()) ? in(server, State.UNRECOGNISED) : server)
                .toList();
        var meanwhile = whileReading;
        whileReading = () -> {};
        meanwhile.run();
        failure.ifPresent(one -> {
            throw one;
        });
        return listed;
    }

    @Override
    public Optional<Server> server(String id) {
        lookedUp.add(id);
        if (dumb.contains(id)) {
            throw new ProviderFailure(Reason.VENDOR, "its host does not answer");
        }
        return Optional.ofNullable(servers.get(id));
    }

    @Override
    public List<Server> marked(Mark mark) {
        return servers.values().stream()
                .filter(server -> server.mark().equals(Optional.of(mark)))
                .toList();
    }

    @Override
    public Server create(Wish wish) {
        throw new UnsupportedOperationException("nobody makes a server anew");
    }

    @Override
    public Task power(String id, Power power) {
        asked.add(power + " " + id);
        return new Task(id);
    }

    @Override
    public void delete(String id) {
        asked.add("DELETE " + id);
        servers.remove(id);
    }

    @Override
    public Progress progress(Task task) {
        return Progress.done();
    }
}
