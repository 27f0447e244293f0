package io.tenantry.storm;

import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import io.tenantry.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An account with a vendor who does what vendors do: takes time, is too busy, breaks down, does things and does not say so, says so and
 * does not do them, does them late or twice, shows in lists what is there only a while later, and gives numbers to others.
 */
final class Datacenter implements Provider, Resizing, Rebuilding {
    /** A request that was sent so long after its sender had taken up the work is late by no fault of the vendor. */
    private static final Duration SENT_IN_TIME = Duration.ofSeconds(10);

    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    final Park park;
    private final String account;
    private final MovableClock clock;
    private final Moments moments;
    private final Supplier<Chance> chance;
    private final Tally tally;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean isCalm;

    Datacenter(String account, MovableClock clock, Moments moments, Supplier<Chance> chance, Tally tally) {
        this.account = account;
        this.clock = clock;
        this.moments = moments;
        this.chance = chance;
        this.tally = tally;
        park = new Park(account);
    }

    /** Something that is done to a server after a while. */
    private static final class Job {
        private final Instant doneAt;
        private final boolean hasFailed;
        private Runnable deed;

        /**
         * @param deed what it comes to, whatever is said of it
         * @param hasFailed what is said of it
         */
        Job(Instant doneAt, Runnable deed, boolean hasFailed) {
            this.doneAt = doneAt;
            this.deed = deed;
            this.hasFailed = hasFailed;
        }

        /** One that comes to nothing, and is said to be done. */
        static Job inVain(Instant doneAt) {
            return new Job(doneAt, Job::nothing, false);
        }

        private static void nothing() {}

        void apply(Instant now) {
            if (!doneAt.isAfter(now)) {
                var due = deed;
                deed = Job::nothing;
                due.run();
            }
        }
    }

    /** From now on all goes well, or as it does. */
    void calm(boolean now) {
        isCalm = now;
    }

    @Override
    public String check() {
        return account;
    }

    @Override
    public Catalogue catalogue() {
        return new Catalogue(List.of(), List.of(), List.of());
    }

    @Override
    public List<Server> servers() {
        return look("list", () -> {
            var now = clock.instant();
            var listed = new ArrayList<Server>();
            for (var machine : park.there(now)) {
                if (machine.isListed(now)) {
                    listed.add(machine.told(now));
                }
            }
            if (!isCalm && !listed.isEmpty() && luck().inThousand(20)) {
                tally.count("vendor", "a page shifted, and a server was on neither");
                listed.remove(luck().between(0, listed.size() - 1));
            }
            return List.copyOf(listed);
        });
    }

    @Override
    public Optional<Server> server(String id) {
        return look("server", () -> {
            if (!isCalm && luck().inThousand(3)) {
                tally.count("vendor", "a server that is there was not known");
                return Optional.<Server>empty();
            }
            var now = clock.instant();
            return park.at(id, now).map(machine -> machine.told(now));
        });
    }

    @Override
    public List<Server> marked(Mark mark) {
        return look("mark", () -> {
            var now = clock.instant();
            return park.there(now).stream()
                    .filter(machine -> machine.isListed(now) && machine.isOf(mark))
                    .map(machine -> machine.told(now))
                    .toList();
        });
    }

    @Override
    public Progress progress(Task task) {
        return look("task", () -> {
            var job = jobs.get(task.id());
            if (job == null) {
                return Progress.failed("no such task");
            }
            if (job.doneAt.isAfter(clock.instant())) {
                return Progress.running(50);
            }
            return job.hasFailed ? Progress.failed("the host did not do it") : Progress.done();
        });
    }

    @Override
    public Server create(Wish wish) {
        moments.between("vendor create, before");
        takesTime();
        var fate = fate("create", Fate.OF_CREATION);
        var now = clock.instant();
        var made = make(wish, fate, now);
        moments.between("vendor create, after");
        refuse(fate, "create");
        return made.orElseThrow().told(now);
    }

    private Optional<Machine> make(Wish wish, Fate fate, Instant now) {
        var reserved = park.there(now).stream()
                .filter(machine -> machine.isReserved && machine.isOf(wish.mark()))
                .findFirst();
        if (fate.done == Fate.Done.NO || (reserved.isPresent() && fate.done == Fate.Done.HALF)) {
            return Optional.empty();
        }
        if (reserved.isPresent()) {
            reserved.get().isReserved = false;
            reserved.get().runsAt = now.plus(building(reserved.get()));
            return reserved;
        }
        if (fate.done == Fate.Done.TWICE) {
            var unused = built(wish, now, "made twice");
        }
        var machine = built(wish, appears(fate, now), excuse(fate));
        machine.isReserved = fate.done == Fate.Done.HALF;
        return Optional.of(machine);
    }

    private Instant appears(Fate fate, Instant now) {
        return switch (fate.done) {
            case LATE -> now.plus(luck().between(Duration.ofSeconds(20), Duration.ofMinutes(8)));
            case FAR_TOO_LATE -> now.plus(luck().between(Duration.ofMinutes(11), Duration.ofMinutes(90)));
            default -> now;
        };
    }

    private String excuse(Fate fate) {
        if (moments.stood().compareTo(SENT_IN_TIME) > 0) {
            return "sent late";
        }
        return switch (fate.done) {
            case FAR_TOO_LATE -> "far too late";
            case TWICE -> "made twice";
            default -> Machine.USUAL;
        };
    }

    private Machine built(Wish wish, Instant appears, String excuse) {
        var isReused = luck().inThousand(150);
        var stale = luck().inThousand(400) ? luck().between(Duration.ZERO, Duration.ofSeconds(50)) : Duration.ZERO;
        var number = park.number(isReused ? luck().between(0, 1_000) : -1, clock.instant());
        if (number.isReused()) {
            tally.count("vendor", "a number was given again");
        }
        var machine = new Machine(
                number.id(),
                Optional.of(wish.mark()),
                excuse,
                wish.size(),
                park.address(),
                appears,
                appears.plus(stale),
                appears);
        machine.runsAt = appears.plus(building(machine));
        park.add(machine);
        return machine;
    }

    private Duration building(Machine machine) {
        if (luck().inThousand(20)) {
            machine.isBroken = true;
        } else if (luck().inThousand(7)) {
            tally.count("vendor", "a server never came up");
            return FOR_EVER;
        } else if (luck().inThousand(30)) {
            return luck().between(Duration.ofMinutes(5), Duration.ofMinutes(50));
        }
        return luck().between(Duration.ofSeconds(15), Duration.ofSeconds(90));
    }

    @Override
    public Task power(String id, Power power) {
        moments.between("vendor power, before");
        takesTime();
        var now = clock.instant();
        var machine = atRest(id, now);
        var fate = fate("power", Fate.OF_DEED);
        var task = nextTask();
        if (fate.done == Fate.Done.YES) {
            park.touched(machine, power);
            var lasts = luck().inThousand(8)
                    ? Duration.ofDays(1)
                    : luck().between(Duration.ofSeconds(2), Duration.ofSeconds(40));
            var isStubborn = power == Power.SHUT_DOWN && luck().inThousand(60);
            var hasFailed = luck().inThousand(30);
            jobs.put(
                    task.id(),
                    new Job(
                            now.plus(lasts),
                            isStubborn || hasFailed ? Job::nothing : () -> switched(machine, power),
                            hasFailed));
        } else {
            jobs.put(task.id(), Job.inVain(now));
        }
        moments.between("vendor power, after");
        refuse(fate, "power");
        return task;
    }

    private static void switched(Machine machine, Power power) {
        machine.isOff = power == Power.OFF || power == Power.SHUT_DOWN;
        machine.isSuspended = machine.isSuspended && machine.isOff;
    }

    @Override
    public Task resize(String id, String size) {
        moments.between("vendor resize, before");
        takesTime();
        var now = clock.instant();
        var machine = atRest(id, now);
        var fate = fate("resize", Fate.OF_DEED);
        var task = nextTask();
        if (fate.done == Fate.Done.YES) {
            park.grown(machine);
            jobs.put(task.id(), growing(machine, size, now));
        } else {
            jobs.put(task.id(), Job.inVain(now));
        }
        moments.between("vendor resize, after");
        refuse(fate, "resize");
        return task;
    }

    /** Most are done in minutes; some are not done, and some have grown and are said not to have; some are left off. */
    private Job growing(Machine machine, String size, Instant now) {
        var lasts = luck().inThousand(20)
                ? luck().between(Duration.ofMinutes(20), Duration.ofMinutes(150))
                : luck().between(Duration.ofSeconds(20), Duration.ofMinutes(6));
        var hasFailed = luck().inThousand(40);
        var isSoAllTheSame = luck().inThousand(300);
        var isLeftOff = luck().inThousand(150);
        machine.isBusy(now, now.plus(lasts));
        Runnable deed = () -> {
            machine.size = size;
            machine.isOff = machine.isOff || isLeftOff;
        };
        return new Job(now.plus(lasts), hasFailed && !isSoAllTheSame ? Job::nothing : deed, hasFailed);
    }

    @Override
    public Task rebuild(String id, Wish wish) {
        moments.between("vendor rebuild, before");
        takesTime();
        var now = clock.instant();
        var machine = atRest(id, now);
        var fate = fate("rebuild", Fate.OF_BEGINNING);
        var task = nextTask();
        if (fate.done == Fate.Done.NO) {
            jobs.put(task.id(), Job.inVain(now));
        } else {
            jobs.put(task.id(), beginning(machine, wish, begins(fate, now)));
        }
        moments.between("vendor rebuild, after");
        refuse(fate, "rebuild");
        return task;
    }

    private Instant begins(Fate fate, Instant now) {
        return fate.done == Fate.Done.LATE
                ? now.plus(luck().between(Duration.ofSeconds(20), Duration.ofMinutes(8)))
                : now;
    }

    /** It is emptied, and runs minutes later; some come to be broken, or are said to be. */
    private Job beginning(Machine machine, Wish wish, Instant at) {
        var until = at.plus(luck().between(Duration.ofSeconds(20), Duration.ofMinutes(5)));
        var isSentLate = moments.stood().compareTo(SENT_IN_TIME) > 0;
        var hasFailed = luck().inThousand(30);
        machine.isBusy(at, until);
        park.emptied(machine, wish.mark(), at, isSentLate);
        return new Job(
                until,
                () -> {
                    machine.isOff = false;
                    machine.isSuspended = false;
                },
                hasFailed);
    }

    private Machine atRest(String id, Instant now) {
        var machine =
                park.at(id, now).orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id));
        if (machine.state(now) == Server.State.BUSY) {
            throw new ProviderFailure(Reason.BUSY, "server " + id + " is at something");
        }
        return machine;
    }

    private Task nextTask() {
        return new Task("task-" + jobs.size());
    }

    @Override
    public void delete(String id) {
        moments.between("vendor delete, before");
        takesTime();
        var now = clock.instant();
        var fate = fate("delete", Fate.OF_DEED);
        if (fate.done == Fate.Done.YES) {
            park.at(id, now).ifPresent(machine -> {
                park.touched(machine);
                machine.leaves(now, now.plus(luck().between(Duration.ofSeconds(1), Duration.ofMinutes(2))));
            });
        }
        moments.between("vendor delete, after");
        refuse(fate, "delete");
    }

    private <T> T look(String what, Supplier<T> question) {
        moments.between("vendor " + what + ", before");
        takesTime();
        var fate = fate("look", Fate.OF_LOOK);
        refuse(fate, what);
        var answer = question.get();
        moments.between("vendor " + what + ", after");
        return answer;
    }

    private Fate fate(String group, List<Fate.Odds> odds) {
        var fate = isCalm ? Fate.WELL : luck().weighed(odds, Fate.Odds::weight).fate();
        tally.count("vendor " + group, fate.name());
        return fate;
    }

    private void refuse(Fate fate, String what) {
        if (fate.answer == null) {
            return;
        }
        var wait = fate == Fate.TOO_OFTEN && luck().inThousand(700)
                ? Optional.of(luck().between(Duration.ofSeconds(5), Duration.ofMinutes(2)))
                : Optional.<Duration>empty();
        throw new ProviderFailure(fate.answer, what + ": " + fate, wait, null);
    }

    /** Longer than a moment, and sometimes as long as anybody waits. */
    private void takesTime() {
        var span = Duration.ofMillis(20);
        if (!isCalm) {
            span = luck().inThousand(40)
                    ? luck().between(Duration.ofSeconds(5), Duration.ofSeconds(30))
                    : luck().between(Duration.ofMillis(20), Duration.ofMillis(1_500));
        }
        clock.stopAt(clock.instant().plus(span));
        jobs.values().forEach(job -> job.apply(clock.instant()));
    }

    private Chance luck() {
        return chance.get();
    }
}
