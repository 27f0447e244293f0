package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.RootPasswordReset.Reset;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.sandbox.SandboxServer.AccessData;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Rescue;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Specification;
import io.tenantry.cloud.provider.sandbox.shell.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Operations on servers: each request is checked, stored as a job, and completed when its duration has passed. */
final class ServerOperations {
    /** The maximum number of servers of an account. */
    static final int SERVERS_MAX = 1_000;

    private static final String OF_JOB = ":";
    private static final String NOTHING_TO_DO = OF_JOB + "0";

    private final SandboxServerStore sandboxServerStore;
    private final DiskContents diskContents;
    private final Consumer<String> hangUp;

    /** @param hangUp ends all sessions of a server */
    ServerOperations(SandboxServerStore sandboxServerStore, DiskContents diskContents, Consumer<String> hangUp) {
        this.sandboxServerStore = sandboxServerStore;
        this.diskContents = diskContents;
        this.hangUp = hangUp;
    }

    ProviderServer create(String account, ServerSpec serverSpec) {
        SandboxCatalog.check(serverSpec);
        if (FaultInjection.CREATE.happensTo(serverSpec.hostname())) {
            throw new ProviderFailure(Reason.NO_CAPACITY, "there is no capacity in " + serverSpec.region());
        }
        if (sandboxServerStore.of(account).size() >= SERVERS_MAX) {
            throw new ProviderFailure(Reason.LIMIT, "an account has " + SERVERS_MAX + " servers");
        }
        var now = sandboxServerStore.now();
        var id = sandboxServerStore.newId("sb-");
        var sandboxServer = new SandboxServer(
                id,
                account,
                now,
                new Specification(
                        serverSpec.mark().text(),
                        serverSpec.hostname(),
                        serverSpec.region(),
                        serverSpec.size(),
                        serverSpec.size(),
                        serverSpec.image(),
                        serverSpec.keys()),
                new AccessData(sandboxServerStore.newAddress(id), 0, HostKey.make(), "", Optional.empty(), false),
                SandboxJob.first(now, serverSpec.hostname(), whyNotStarted(serverSpec.hostname())),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of());
        install(id, serverSpec);
        sandboxServerStore.add(sandboxServer);
        if (FaultInjection.LOST.happensTo(serverSpec.hostname())) {
            throw new ProviderFailure(Reason.NO_RESPONSE, "the answer was lost");
        }
        return sandboxServer.shown(now);
    }

    ProviderTask power(String account, String id, PowerAction powerAction) {
        var sandboxJob = sandboxServerStore.need(account, id).sandboxJob();
        var isSo = powerAction == PowerAction.ON
                ? sandboxJob.isOn()
                : powerAction != PowerAction.RESTART && !sandboxJob.isOn();
        if (isSo
                && sandboxJob.isOver(sandboxServerStore.now())
                && sandboxJob.state(sandboxServerStore.now()) != State.FAILED) {
            return new ProviderTask(id + NOTHING_TO_DO);
        }
        var kind = switch (powerAction) {
            case ON -> SandboxJob.Kind.BOOT;
            case RESTART -> SandboxJob.Kind.RESTART;
            case OFF, SHUT_DOWN -> SandboxJob.Kind.STOP;
        };
        return begin(
                account,
                id,
                kind,
                powerAction == PowerAction.ON || powerAction == PowerAction.RESTART,
                FaultInjection.POWER);
    }

    void delete(String account, String id) {
        var found = sandboxServerStore.find(account, id);
        if (found.isEmpty() || found.get().isLeaving()) {
            return;
        }
        FaultInjection.DELETE.refuse(found.get(), Reason.PROVIDER_ERROR, "the server cannot be deleted");
        sandboxServerStore.change(
                account,
                id,
                sandboxServer -> sandboxServer.with(sandboxServer
                        .sandboxJob()
                        .next(SandboxJob.Kind.DELETE, sandboxServerStore.now(), sandboxServer.hostname(), false, "")));
        hangUp.accept(id);
        diskContents.remove(id);
    }

    Progress progress(String account, ProviderTask providerTask) {
        var at = providerTask.id().indexOf(OF_JOB);
        var number = at < 0 ? "" : providerTask.id().substring(at + 1);
        if (!number.matches("[0-9]{1,9}")) {
            throw new ProviderFailure(Reason.INVALID, "not a task of the sandbox");
        }
        var machine = sandboxServerStore.find(account, providerTask.id().substring(0, at));
        if (machine.isEmpty()) {
            return Progress.failed("the server is gone");
        }
        var sandboxJob = machine.get().sandboxJob();
        var now = sandboxServerStore.now();
        if (sandboxJob.number() > Integer.parseInt(number)) {
            return Progress.done();
        }
        if (!sandboxJob.isOver(now)) {
            return Progress.running(sandboxJob.percent(now));
        }
        return sandboxJob.failed().map(Progress::failed).orElseGet(Progress::done);
    }

    ProviderTask resize(String account, String id, String size) {
        var sandboxServer = sandboxServerStore.need(account, id);
        if (SandboxCatalog.size(size).diskGib()
                < SandboxCatalog.size(sandboxServer.make().size()).diskGib()) {
            throw new ProviderFailure(Reason.INVALID, "the disk cannot shrink to that size");
        }
        if (sandboxServer.make().size().equals(size)
                && sandboxServer.sandboxJob().isOver(sandboxServerStore.now())) {
            return new ProviderTask(id + NOTHING_TO_DO);
        }
        var providerTask = begin(
                account, id, SandboxJob.Kind.RESIZE, sandboxServer.sandboxJob().isOn(), FaultInjection.RESIZE);
        var sizeThen = FaultInjection.RESIZE.happensTo(sandboxServer.hostname())
                ? sandboxServer.make().size()
                : size;
        sandboxServerStore.change(account, id, one -> one.with(resized(one.make(), sizeThen)));
        return providerTask;
    }

    ProviderTask rebuild(String account, String id, ServerSpec serverSpec) {
        SandboxCatalog.checkSystem(serverSpec);
        var rebuilt = sandboxServerStore.change(account, id, sandboxServer -> {
            checkIdle(sandboxServer, true);
            FaultInjection.REBUILD.refuse(sandboxServer, Reason.PROVIDER_ERROR, "the server cannot be rebuilt");
            var specification = sandboxServer.make();
            return sandboxServer
                    .with(new Specification(
                            specification.mark(),
                            serverSpec.hostname(),
                            specification.region(),
                            specification.size(),
                            specification.size(),
                            serverSpec.image(),
                            serverSpec.keys()))
                    .with(new AccessData(
                            sandboxServer.accessData().address(),
                            sandboxServer.accessData().port(),
                            HostKey.make(),
                            "",
                            Optional.empty(),
                            sandboxServer.accessData().isCutOff()))
                    .with(sandboxServer
                            .sandboxJob()
                            .next(
                                    SandboxJob.Kind.REBUILD,
                                    sandboxServerStore.now(),
                                    serverSpec.hostname(),
                                    true,
                                    whyNotStarted(serverSpec.hostname())));
        });
        hangUp.accept(id);
        install(id, serverSpec);
        return task(rebuilt);
    }

    /** The server starts another system, which has a new host key each time. */
    ProviderTask rescue(String account, String id, List<String> keys) {
        var providerTask = begin(account, id, SandboxJob.Kind.RESCUE, true, FaultInjection.POWER);
        var rescue = Optional.of(new Rescue(HostKey.make(), keys));
        sandboxServerStore.change(
                account,
                id,
                sandboxServer -> FaultInjection.POWER.happensTo(sandboxServer.hostname())
                        ? sandboxServer
                        : sandboxServer.with(sandboxServer.accessData().with(rescue)));
        return providerTask;
    }

    ProviderTask leaveRescue(String account, String id) {
        return sandboxServerStore.need(account, id).accessData().rescue().isPresent()
                ? begin(account, id, SandboxJob.Kind.RESTART, true, FaultInjection.POWER)
                : new ProviderTask(id + NOTHING_TO_DO);
    }

    Reset resetPassword(String account, String id) {
        var password = RootPassword.make();
        var providerTask = begin(
                account,
                id,
                SandboxJob.Kind.PASSWORD,
                sandboxServerStore.need(account, id).sandboxJob().isOn(),
                Optional.empty());
        sandboxServerStore.change(account, id, sandboxServer -> {
            var accessData = sandboxServer.accessData();
            return sandboxServer.with(new AccessData(
                    accessData.address(),
                    accessData.port(),
                    accessData.hostKey(),
                    RootPassword.kept(password),
                    accessData.rescue(),
                    accessData.isCutOff()));
        });
        return new Reset(providerTask, password);
    }

    void name(String account, String id, String address, String hostname) {
        sandboxServerStore.change(account, id, sandboxServer -> {
            FaultInjection.NAME.refuse(sandboxServer, Reason.PROVIDER_ERROR, "reverse DNS cannot be set");
            if (!sandboxServer.addresses(sandboxServerStore.now()).contains(address)) {
                throw new ProviderFailure(Reason.INVALID, "the server has no address " + address);
            }
            var names = new HashMap<>(sandboxServer.names());
            if (hostname.isEmpty()) {
                names.remove(address);
            } else {
                names.put(address, hostname);
            }
            return sandboxServer.withNames(names);
        });
    }

    /** Starts an operation that leaves the server on or off, and may fail. */
    ProviderTask begin(
            String account, String id, SandboxJob.Kind kind, boolean onAfterwards, FaultInjection faultInjection) {
        return begin(account, id, kind, onAfterwards, Optional.of(faultInjection));
    }

    ProviderTask begin(
            String account, String id, SandboxJob.Kind kind, boolean onAfterwards, Optional<FaultInjection> mishap) {
        var started = sandboxServerStore.change(account, id, sandboxServer -> {
            checkIdle(sandboxServer, false);
            var fails = mishap.filter(one -> one.happensTo(sandboxServer.hostname()))
                    .isPresent();
            var why = fails ? "the host did not do it" : "";
            var left = kind.isBoot() && why.isEmpty()
                    ? sandboxServer.with(sandboxServer.accessData().with(Optional.empty()))
                    : sandboxServer;
            return left.with(sandboxServer
                    .sandboxJob()
                    .next(kind, sandboxServerStore.now(), sandboxServer.hostname(), onAfterwards, why));
        });
        if (!kind.isQuiet()) {
            hangUp.accept(id);
        }
        return task(started);
    }

    private void install(String id, ServerSpec serverSpec) {
        var now = sandboxServerStore.now();
        var files = Files.fresh(
                serverSpec.hostname(), SandboxCatalog.image(serverSpec.image()).name(), now);
        serverSpec
                .script()
                .ifPresent(script ->
                        StartupScriptEffect.of(script, serverSpec.image()).run(files, serverSpec.options(), now));
        diskContents.put(id, files);
    }

    private void checkIdle(SandboxServer sandboxServer, boolean evenIfFailed) {
        var now = sandboxServerStore.now();
        if (!sandboxServer.sandboxJob().isOver(now)) {
            var left = Duration.between(now, sandboxServer.sandboxJob().until());
            throw new ProviderFailure(
                    Reason.BUSY, "another operation of the server is in progress", Optional.of(left), null);
        }
        if (!evenIfFailed && sandboxServer.sandboxJob().state(now) == State.FAILED) {
            throw new ProviderFailure(Reason.BUSY, "the server was never built");
        }
    }

    private static ProviderTask task(SandboxServer sandboxServer) {
        return new ProviderTask(
                sandboxServer.id() + OF_JOB + sandboxServer.sandboxJob().number());
    }

    private static Specification resized(Specification specification, String size) {
        return new Specification(
                specification.mark(),
                specification.hostname(),
                specification.region(),
                size,
                specification.size(),
                specification.image(),
                specification.keys());
    }

    private static String whyNotStarted(String hostname) {
        return FaultInjection.START.happensTo(hostname) ? "the system did not start" : "";
    }
}
