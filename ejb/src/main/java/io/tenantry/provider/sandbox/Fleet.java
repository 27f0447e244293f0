package io.tenantry.provider.sandbox;

import io.tenantry.provider.Passwords.Reset;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Server.State;
import io.tenantry.provider.Task;
import io.tenantry.provider.Wish;
import io.tenantry.provider.sandbox.Machine.Door;
import io.tenantry.provider.sandbox.Machine.Make;
import io.tenantry.provider.sandbox.Machine.Rescue;
import io.tenantry.provider.sandbox.shell.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done to servers: each order is checked, written down as a job, and over when its seconds have passed. */
final class Fleet {
    /** Servers of an account. */
    static final int SERVERS_MAX = 1_000;

    private static final String OF_JOB = ":";
    private static final String NOTHING_TO_DO = OF_JOB + "0";

    private final Machines machines;
    private final Contents contents;
    private final Consumer<String> hangUp;

    /** @param hangUp ends all visits to a server */
    Fleet(Machines machines, Contents contents, Consumer<String> hangUp) {
        this.machines = machines;
        this.contents = contents;
        this.hangUp = hangUp;
    }

    Server create(String account, Wish wish) {
        Goods.check(wish);
        if (Mishap.CREATE.happensTo(wish.hostname())) {
            throw new ProviderFailure(Reason.NO_CAPACITY, "there is no room in " + wish.region());
        }
        if (machines.of(account).size() >= SERVERS_MAX) {
            throw new ProviderFailure(Reason.LIMIT, "an account has " + SERVERS_MAX + " servers");
        }
        var now = machines.now();
        var id = machines.newId("sb-");
        var machine = new Machine(
                id,
                account,
                now,
                new Make(
                        wish.mark().text(),
                        wish.hostname(),
                        wish.region(),
                        wish.size(),
                        wish.size(),
                        wish.image(),
                        wish.keys()),
                new Door(machines.newAddress(id), 0, HostKey.make(), "", Optional.empty(), false),
                Job.first(now, wish.hostname(), whyNotStarted(wish.hostname())),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of());
        install(id, wish);
        machines.add(machine);
        if (Mishap.LOST.happensTo(wish.hostname())) {
            throw new ProviderFailure(Reason.NO_ANSWER, "the answer was lost");
        }
        return machine.shown(now);
    }

    Task power(String account, String id, Power power) {
        var job = machines.need(account, id).job();
        var isSo = power == Power.ON ? job.isOn() : power != Power.RESTART && !job.isOn();
        if (isSo && job.isOver(machines.now()) && job.state(machines.now()) != State.FAILED) {
            return new Task(id + NOTHING_TO_DO);
        }
        var kind = switch (power) {
            case ON -> Job.Kind.BOOT;
            case RESTART -> Job.Kind.RESTART;
            case OFF, SHUT_DOWN -> Job.Kind.STOP;
        };
        return begin(account, id, kind, power == Power.ON || power == Power.RESTART, Mishap.POWER);
    }

    void delete(String account, String id) {
        var found = machines.find(account, id);
        if (found.isEmpty() || found.get().isLeaving()) {
            return;
        }
        Mishap.DELETE.refuse(found.get(), Reason.VENDOR, "the server cannot be deleted");
        machines.change(
                account,
                id,
                machine -> machine.with(
                        machine.job().next(Job.Kind.DELETE, machines.now(), machine.hostname(), false, "")));
        hangUp.accept(id);
        contents.remove(id);
    }

    Progress progress(String account, Task task) {
        var at = task.id().indexOf(OF_JOB);
        var number = at < 0 ? "" : task.id().substring(at + 1);
        if (!number.matches("[0-9]{1,9}")) {
            throw new ProviderFailure(Reason.INVALID, "not a task of the sandbox");
        }
        var machine = machines.find(account, task.id().substring(0, at));
        if (machine.isEmpty()) {
            return Progress.failed("the server is gone");
        }
        var job = machine.get().job();
        var now = machines.now();
        if (job.number() > Integer.parseInt(number)) {
            return Progress.done();
        }
        if (!job.isOver(now)) {
            return Progress.running(job.percent(now));
        }
        return job.failed().map(Progress::failed).orElseGet(Progress::done);
    }

    Task resize(String account, String id, String size) {
        var machine = machines.need(account, id);
        if (Goods.size(size).diskGib() < Goods.size(machine.make().size()).diskGib()) {
            throw new ProviderFailure(Reason.INVALID, "its disk cannot become that small");
        }
        if (machine.make().size().equals(size) && machine.job().isOver(machines.now())) {
            return new Task(id + NOTHING_TO_DO);
        }
        var task = begin(account, id, Job.Kind.RESIZE, machine.job().isOn(), Mishap.RESIZE);
        var sizeThen =
                Mishap.RESIZE.happensTo(machine.hostname()) ? machine.make().size() : size;
        machines.change(account, id, one -> one.with(resized(one.make(), sizeThen)));
        return task;
    }

    Task rebuild(String account, String id, Wish wish) {
        Goods.checkSystem(wish);
        var rebuilt = machines.change(account, id, machine -> {
            checkIdle(machine, true);
            Mishap.REBUILD.refuse(machine, Reason.VENDOR, "the server cannot begin anew");
            var make = machine.make();
            return machine.with(new Make(
                            make.mark(),
                            wish.hostname(),
                            make.region(),
                            make.size(),
                            make.size(),
                            wish.image(),
                            wish.keys()))
                    .with(new Door(
                            machine.door().address(),
                            machine.door().port(),
                            HostKey.make(),
                            "",
                            Optional.empty(),
                            machine.door().isCutOff()))
                    .with(machine.job()
                            .next(
                                    Job.Kind.REBUILD,
                                    machines.now(),
                                    wish.hostname(),
                                    true,
                                    whyNotStarted(wish.hostname())));
        });
        hangUp.accept(id);
        install(id, wish);
        return task(rebuilt);
    }

    /** It comes up in another system, whose key is a new one each time. */
    Task rescue(String account, String id, List<String> keys) {
        var task = begin(account, id, Job.Kind.RESCUE, true, Mishap.POWER);
        var rescue = Optional.of(new Rescue(HostKey.make(), keys));
        machines.change(
                account,
                id,
                machine -> Mishap.POWER.happensTo(machine.hostname())
                        ? machine
                        : machine.with(machine.door().with(rescue)));
        return task;
    }

    Task leaveRescue(String account, String id) {
        return machines.need(account, id).door().rescue().isPresent()
                ? begin(account, id, Job.Kind.RESTART, true, Mishap.POWER)
                : new Task(id + NOTHING_TO_DO);
    }

    Reset resetPassword(String account, String id) {
        var password = Secret.make();
        var task = begin(
                account, id, Job.Kind.PASSWORD, machines.need(account, id).job().isOn(), Optional.empty());
        machines.change(account, id, machine -> {
            var door = machine.door();
            return machine.with(new Door(
                    door.address(),
                    door.port(),
                    door.hostKey(),
                    Secret.kept(password),
                    door.rescue(),
                    door.isCutOff()));
        });
        return new Reset(task, password);
    }

    void name(String account, String id, String address, String hostname) {
        machines.change(account, id, machine -> {
            Mishap.NAME.refuse(machine, Reason.VENDOR, "its addresses cannot be named");
            if (!machine.addresses(machines.now()).contains(address)) {
                throw new ProviderFailure(Reason.INVALID, "the server has no address " + address);
            }
            var names = new HashMap<>(machine.names());
            if (hostname.isEmpty()) {
                names.remove(address);
            } else {
                names.put(address, hostname);
            }
            return machine.withNames(names);
        });
    }

    /** Begins what leaves the server on or off, and may go wrong. */
    Task begin(String account, String id, Job.Kind kind, boolean onAfterwards, Mishap mishap) {
        return begin(account, id, kind, onAfterwards, Optional.of(mishap));
    }

    Task begin(String account, String id, Job.Kind kind, boolean onAfterwards, Optional<Mishap> mishap) {
        var begun = machines.change(account, id, machine -> {
            checkIdle(machine, false);
            var fails = mishap.filter(one -> one.happensTo(machine.hostname())).isPresent();
            var why = fails ? "the host did not do it" : "";
            var left =
                    kind.isBoot() && why.isEmpty() ? machine.with(machine.door().with(Optional.empty())) : machine;
            return left.with(machine.job().next(kind, machines.now(), machine.hostname(), onAfterwards, why));
        });
        if (!kind.isQuiet()) {
            hangUp.accept(id);
        }
        return task(begun);
    }

    private void install(String id, Wish wish) {
        var now = machines.now();
        var files = Files.fresh(wish.hostname(), Goods.image(wish.image()).name(), now);
        wish.script().ifPresent(script -> Recipe.of(script, wish.image()).run(files, wish.options(), now));
        contents.put(id, files);
    }

    private void checkIdle(Machine machine, boolean evenIfFailed) {
        var now = machines.now();
        if (!machine.job().isOver(now)) {
            var left = Duration.between(now, machine.job().until());
            throw new ProviderFailure(Reason.BUSY, "the server is at something else", Optional.of(left), null);
        }
        if (!evenIfFailed && machine.job().state(now) == State.FAILED) {
            throw new ProviderFailure(Reason.BUSY, "the server was never built");
        }
    }

    private static Task task(Machine machine) {
        return new Task(machine.id() + OF_JOB + machine.job().number());
    }

    private static Make resized(Make make, String size) {
        return new Make(make.mark(), make.hostname(), make.region(), size, make.size(), make.image(), make.keys());
    }

    private static String whyNotStarted(String hostname) {
        return Mishap.START.happensTo(hostname) ? "the system did not start" : "";
    }
}
