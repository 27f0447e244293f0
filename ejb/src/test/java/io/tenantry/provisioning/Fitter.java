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
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Rescuing;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import io.tenantry.provisioning.Workshop.Fate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A {@link Workshop} whose servers can also grow, begin anew, be rescued and have their addresses named; does as it is told. */
final class Fitter implements Provider, Resizing, Rebuilding, Rescuing, ReverseDns, Isolating, Upstream {
    private final Workshop workshop;
    private final Map<UUID, String> sold = new HashMap<>();
    private final Map<String, String> sizes = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Wish> anew = new ArrayList<>();
    private Progress progress = Progress.done();
    private boolean growsAllTheSame;
    private boolean isSilentOnSizes;
    private boolean isSilentOnRescue;
    private final Set<String> rescued = new HashSet<>();
    private final List<List<String>> keys = new ArrayList<>();

    Fitter(Workshop workshop) {
        this.workshop = workshop;
    }

    /** As on the first day, but for what is sold. */
    void clear() {
        fates.clear();
        asked.clear();
        anew.clear();
        names.clear();
        progress = Progress.done();
        growsAllTheSame = false;
        isSilentOnSizes = false;
        isSilentOnRescue = false;
        rescued.clear();
        keys.clear();
    }

    /** Servers of the plan have that size here. */
    void sells(UUID plan, String size) {
        sold.put(plan, size);
    }

    /** What becomes of the next wishes, in order; then all goes well. */
    void fates(Fate... next) {
        fates.addAll(List.of(next));
    }

    /** How tasks stand from now on. What is not done changes nothing. */
    void stands(Progress stage) {
        progress = stage;
    }

    /** What is asked for is done, whatever is said of its task. */
    void growsAllTheSame() {
        growsAllTheSame = true;
    }

    /** It does not tell sizes, as some vendors. */
    void isSilentOnSizes() {
        isSilentOnSizes = true;
    }

    /** It does not tell which system a server is in, as some vendors. */
    void isSilentOnRescue() {
        isSilentOnRescue = true;
    }

    /** Which keys rescue systems were started with. */
    List<List<String>> keys() {
        return List.copyOf(keys);
    }

    /** A server has that size, whoever saw to it. */
    void has(String server, String size) {
        sizes.put(server, size);
    }

    /** All that it was asked for, but questions. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** What servers began anew with. */
    List<Wish> anew() {
        return List.copyOf(anew);
    }

    /** By which name an address goes. */
    String name(String address) {
        return names.getOrDefault(address, "");
    }

    @Override
    public Task resize(String id, String size) {
        asked.add(id + " " + size);
        return answer(() -> {
            if (progress.stage() == Progress.Stage.DONE || growsAllTheSame) {
                sizes.put(id, size);
            }
            return new Task("resize-" + asked.size());
        });
    }

    @Override
    public Task rebuild(String id, Wish wish) {
        asked.add(id + " " + wish.image());
        return answer(() -> {
            anew.add(wish);
            return new Task("rebuild-" + asked.size());
        });
    }

    @Override
    public Task rescue(String serverId, List<String> publicKeys) {
        asked.add(serverId + " rescue");
        return answer(() -> {
            keys.add(publicKeys);
            if (progress.stage() == Progress.Stage.DONE || growsAllTheSame) {
                rescued.add(serverId);
            }
            return new Task("rescue-" + asked.size());
        });
    }

    @Override
    public Task leaveRescue(String serverId) {
        asked.add(serverId + " leave");
        return answer(() -> {
            rescued.remove(serverId);
            return new Task("leave-" + asked.size());
        });
    }

    @Override
    public Optional<Boolean> isRescued(String serverId) {
        return isSilentOnRescue ? Optional.empty() : Optional.of(rescued.contains(serverId));
    }

    @Override
    public void name(String serverId, String address, String hostname) {
        asked.add(serverId + " " + address + " " + hostname);
        var unused = answer(() -> names.put(address, hostname) == null);
    }

    @Override
    public Progress progress(Task task) {
        return progress;
    }

    private <T> T answer(Supplier<T> deed) {
        var fate = fates.isEmpty() ? Fate.WELL : fates.remove();
        return switch (fate) {
            case WELL -> deed.get();
            case LOST -> {
                var unused = deed.get();
                throw new ProviderFailure(Reason.NO_ANSWER, "silence");
            }
            case DEATH_AFTER -> {
                var unused = deed.get();
                throw new Workshop.Death();
            }
            case DEATH_BEFORE -> throw new Workshop.Death();
            case SILENT -> throw new ProviderFailure(Reason.NO_ANSWER, "silence");
            case FULL -> throw new ProviderFailure(Reason.NO_CAPACITY, "no room here");
            case REFUSED -> throw new ProviderFailure(Reason.INVALID, "not that");
            case AWAY -> throw new ProviderFailure(Reason.UNREACHABLE, "nobody there");
        };
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Place there) {
        var found = new HashMap<>(sold);
        found.keySet().retainAll(plans.keySet());
        return found;
    }

    @Override
    public Optional<Place> place(UUID planId, Plan.Size size, String region) {
        return workshop.place(planId, size, region);
    }

    @Override
    public List<Catalogue.Image> images(Place place) {
        return workshop.images(place);
    }

    @Override
    public Optional<Home> open(String account) {
        return account.equals("workshop") ? Optional.of(new Home(workshop.shown(this), Map.of())) : Optional.empty();
    }

    @Override
    public String check() {
        return "fitter";
    }

    @Override
    public Catalogue catalogue() {
        return workshop.catalogue();
    }

    @Override
    public List<Server> servers() {
        return workshop.servers().stream().map(this::shown).toList();
    }

    @Override
    public Optional<Server> server(String id) {
        return workshop.server(id).map(this::shown);
    }

    @Override
    public List<Server> marked(Mark mark) {
        return workshop.marked(mark).stream().map(this::shown).toList();
    }

    @Override
    public Server create(Wish wish) {
        return workshop.create(wish);
    }

    @Override
    public Task power(String id, Power power) {
        return workshop.power(id, power);
    }

    @Override
    public Task cutOff(String serverId) {
        return workshop.cutOff(serverId);
    }

    @Override
    public Task reconnect(String serverId) {
        return workshop.reconnect(serverId);
    }

    @Override
    public Reach reach(String serverId) {
        return workshop.reach(serverId);
    }

    @Override
    public void delete(String id) {
        workshop.delete(id);
    }

    private Server shown(Server server) {
        var size = isSilentOnSizes ? "" : sizes.getOrDefault(server.id(), server.size());
        return new Server(
                server.id(),
                server.mark(),
                server.name(),
                server.state(),
                List.copyOf(server.addresses()),
                size,
                server.region(),
                server.createdAt());
    }
}
