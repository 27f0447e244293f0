package io.tenantry.simulation;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All machines an account ever had, and the operations on them that should not have happened. */
final class SimulatedServers {
    private final String account;
    private final List<Machine> machines = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();
    private final Map<ResourceTag, Integer> restarts = new HashMap<>();
    private final Map<ResourceTag, Integer> switched = new HashMap<>();
    private final Map<ResourceTag, Integer> resized = new HashMap<>();
    private final List<Erasure> erased = new ArrayList<>();
    private final List<SystemStart> systemStarts = new ArrayList<>();
    private int numbers;

    SimulatedServers(String account) {
        this.account = account;
    }

    /** A server was erased at that moment, for a rebuild. */
    record Erasure(ResourceTag mark, Instant at) {}

    /** A server was to be started into its rescue system at that moment, or into its own again. */
    record SystemStart(ResourceTag mark, Instant at, boolean isRescue) {}

    /** A number for a new machine. */
    record Given(String id, boolean isReused) {}

    /**
     * Returns a new number, or one of a deleted machine.
     *
     * @param pick which of those; below zero for a new one
     */
    Given number(int pick, Instant now) {
        var free = pick < 0
                ? List.<String>of()
                : machines.stream()
                        .filter(machine -> machine.mark.isPresent() && machine.isGone(now))
                        .map(machine -> machine.id)
                        .distinct()
                        .filter(id ->
                                machines.stream().noneMatch(machine -> machine.id.equals(id) && !machine.isGone(now)))
                        .toList();
        return free.isEmpty()
                ? new Given(account + "-" + ++numbers, false)
                : new Given(free.get(pick % free.size()), true);
    }

    /** Returns a unique address, also where the number is reused. */
    String address() {
        return "10." + machines.size() / 62_500 + "." + machines.size() / 250 % 250 + "." + (1 + machines.size() % 250);
    }

    void add(Machine machine) {
        machines.add(machine);
    }

    /** Returns all machines, including those that are gone or yet to appear. */
    List<Machine> all() {
        return List.copyOf(machines);
    }

    List<Machine> there(Instant now) {
        return machines.stream().filter(machine -> machine.exists(now)).toList();
    }

    Optional<Machine> at(String id, Instant now) {
        return there(now).stream().filter(machine -> machine.id.equals(id)).findFirst();
    }

    /** Whether a machine requested long ago is still to appear. */
    boolean isAnyPending(Instant now) {
        return machines.stream().anyMatch(machine -> machine.appearsLater(now));
    }

    /** Records that we requested its deletion. */
    void touched(Machine machine) {
        if (machine.mark.isEmpty()) {
            damage.add("a stranger's server was deleted: " + machine);
        }
    }

    /** Records that we requested a power operation. */
    void touched(Machine machine, PowerAction powerAction) {
        machine.mark.ifPresentOrElse(
                resourceTag ->
                        (powerAction == PowerAction.RESTART ? restarts : switched).merge(resourceTag, 1, Integer::sum),
                () -> damage.add("a stranger's server was switched: " + machine));
    }

    /** Records that we requested a resize. */
    void grown(Machine machine) {
        machine.mark.ifPresentOrElse(
                resourceTag -> resized.merge(resourceTag, 1, Integer::sum),
                () -> damage.add("a stranger's server was made to grow: " + machine));
    }

    /** Records that we requested its erasure. */
    void erased(Machine machine, ResourceTag wanted, Instant at, boolean isSentTooLate) {
        if (!machine.isOf(wanted)) {
            damage.add("the server of another was emptied for " + wanted + ": " + machine);
        } else if (!isSentTooLate) {
            erased.add(new Erasure(wanted, at));
        }
    }

    /** Records that we requested its start into another system. */
    void recordSystemStart(Machine machine, boolean isRescue, Instant at, boolean isSentTooLate) {
        machine.mark.ifPresentOrElse(
                resourceTag -> {
                    if (!isSentTooLate) {
                        systemStarts.add(new SystemStart(resourceTag, at, isRescue));
                    }
                },
                () -> damage.add("a stranger's server was started into another system: " + machine));
    }

    /** Returns the starts into another system, except for requests by workers that were paused in the meantime. */
    List<SystemStart> systemStarts() {
        return List.copyOf(systemStarts);
    }

    /** Returns the number of resizes of the servers of each mark. */
    Map<ResourceTag, Integer> resized() {
        return Map.copyOf(resized);
    }

    /** Returns the erasures, except for requests by workers that were paused in the meantime. */
    List<Erasure> erased() {
        return List.copyOf(erased);
    }

    List<String> damage() {
        return List.copyOf(damage);
    }

    /** Returns the number of restarts of the servers of each mark. */
    Map<ResourceTag, Integer> restarts() {
        return Map.copyOf(restarts);
    }

    /** Returns the number of other power operations on the servers of each mark. */
    Map<ResourceTag, Integer> switched() {
        return Map.copyOf(switched);
    }

    /**
     * Makes an unrequested change.
     *
     * @return whether there was anything to change
     */
    boolean changeExternally(SimulationAction.ExternalChange what, int pick, SeededRandom seededRandom, Instant now) {
        switch (what) {
            case STRANGER -> machines.add(running(Optional.empty(), now));
            case STRAY ->
                machines.add(
                        running(Optional.of(new ResourceTag(new UUID(seededRandom.seed(), seededRandom.seed()))), now));
            default -> {
                var one = pick(what, pick, now);
                one.ifPresent(machine -> changeExternally(what, machine));
                return one.isPresent();
            }
        }
        return true;
    }

    private Machine running(Optional<ResourceTag> mark, Instant now) {
        return new Machine(account + "-" + ++numbers, mark, "not ours", "size-1", address(), now, now, now);
    }

    private Optional<Machine> pick(SimulationAction.ExternalChange what, int pick, Instant now) {
        var fit = machines.stream()
                .filter(machine -> what == SimulationAction.ExternalChange.COMES_BACK
                        ? machine.isVanished
                        : machine.exists(now)
                                && machine.mark.isPresent()
                                && machine.state(now) == State.RUNNING
                                && (what != SimulationAction.ExternalChange.REBOOTS || machine.isRescued()))
                .toList();
        return fit.isEmpty() ? Optional.empty() : Optional.of(fit.get(pick % fit.size()));
    }

    private void changeExternally(SimulationAction.ExternalChange what, Machine machine) {
        switch (what) {
            case VANISHES -> {
                machine.isVanished = true;
                machine.wasAway = true;
            }
            case COMES_BACK -> machine.isVanished = false;
            case STOPS -> machine.isOff = true;
            case GROWS -> machine.size = "size-9";
            case IS_SUSPENDED -> machine.isSuspended = true;
            case REBOOTS -> machine.boot(true);
            case MOVES -> machine.address = address() + "9";
            case STRANGER, STRAY -> throw new IllegalArgumentException(what.name());
        }
    }
}
