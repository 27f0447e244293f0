package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Volumes.Volume;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The volumes of all accounts. */
final class SandboxVolumes {
    /** The prefix of tasks on a volume. */
    static final String TASK = "volume:";

    private static final int SIZE_MAX_GIB = 10_000;
    private static final int VOLUMES_MAX = 500;
    private static final int WORK_SECONDS = 3;

    /** A volume; an empty string means none. */
    private record SandboxVolume(
            String id, String account, String mark, String region, int sizeGib, String serverId, Instant readyAt) {
        boolean isReady(Instant now) {
            return !now.isBefore(readyAt);
        }

        Volume shown(Instant now) {
            return new Volume(
                    id,
                    ResourceTag.read(mark),
                    mark,
                    sizeGib,
                    region,
                    Optional.of(serverId).filter(one -> !one.isEmpty()),
                    isReady(now));
        }
    }

    private final TextFileStore textFileStore;
    private final SandboxServerStore sandboxServerStore;
    private final Map<String, SandboxVolume> blocks;

    SandboxVolumes(TextFileStore textFileStore, SandboxServerStore sandboxServerStore) {
        this.textFileStore = textFileStore;
        this.sandboxServerStore = sandboxServerStore;
        blocks = textFileStore.read(text -> read(SandboxServerCodec.fields(text)));
    }

    synchronized List<Volume> of(String account) {
        var now = sandboxServerStore.now();
        return blocks.values().stream()
                .filter(one -> one.account().equals(account))
                .map(this::withoutGone)
                .map(one -> one.shown(now))
                .toList();
    }

    synchronized Volume create(String account, ResourceTag resourceTag, String region, int sizeGib) {
        SandboxCatalog.openRegion(region);
        checkSize(sizeGib);
        if (of(account).size() >= VOLUMES_MAX) {
            throw new ProviderFailure(Reason.LIMIT, "an account has " + VOLUMES_MAX + " volumes");
        }
        var now = sandboxServerStore.now();
        var sandboxVolume = new SandboxVolume(
                sandboxServerStore.newId("vol-"),
                account,
                resourceTag.text(),
                region,
                sizeGib,
                "",
                now.plusSeconds(WORK_SECONDS));
        keep(sandboxVolume);
        return sandboxVolume.shown(now);
    }

    ProviderTask attach(String account, String id, String serverId) {
        var sandboxServer = sandboxServerStore.need(account, serverId);
        FaultInjection.ATTACH.refuse(sandboxServer, Reason.PROVIDER_ERROR, "the server cannot attach a volume");
        return change(account, id, sandboxVolume -> {
            if (!sandboxVolume.region().equals(sandboxServer.make().region())) {
                throw new ProviderFailure(Reason.INVALID, "the volume is in another region than the server");
            }
            if (!sandboxVolume.serverId().isEmpty() && !sandboxVolume.serverId().equals(serverId)) {
                throw new ProviderFailure(Reason.BUSY, "the volume is attached to another server");
            }
            return moved(sandboxVolume, sandboxVolume.sizeGib(), serverId);
        });
    }

    ProviderTask detach(String account, String id) {
        return change(account, id, sandboxVolume -> moved(sandboxVolume, sandboxVolume.sizeGib(), ""));
    }

    ProviderTask grow(String account, String id, int sizeGib) {
        checkSize(sizeGib);
        return change(account, id, sandboxVolume -> {
            if (sizeGib < sandboxVolume.sizeGib()) {
                throw new ProviderFailure(Reason.INVALID, "volumes only grow");
            }
            return moved(sandboxVolume, sizeGib, sandboxVolume.serverId());
        });
    }

    synchronized void delete(String account, String id) {
        var sandboxVolume = blocks.get(id);
        if (sandboxVolume == null || !sandboxVolume.account().equals(account)) {
            return;
        }
        if (!withoutGone(sandboxVolume).serverId().isEmpty()) {
            throw new ProviderFailure(Reason.BUSY, "the volume is attached");
        }
        blocks.remove(id);
        textFileStore.remove(id);
    }

    synchronized Progress progress(String account, String id) {
        var sandboxVolume = blocks.get(id);
        if (sandboxVolume == null || !sandboxVolume.account().equals(account)) {
            return Progress.failed("the volume is gone");
        }
        return sandboxVolume.isReady(sandboxServerStore.now()) ? Progress.done() : Progress.running(0);
    }

    private synchronized ProviderTask change(String account, String id, UnaryOperator<SandboxVolume> how) {
        var sandboxVolume = blocks.get(id);
        if (sandboxVolume == null || !sandboxVolume.account().equals(account)) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id);
        }
        if (!sandboxVolume.isReady(sandboxServerStore.now())) {
            throw new ProviderFailure(Reason.BUSY, "another operation of the volume is in progress");
        }
        keep(how.apply(withoutGone(sandboxVolume)));
        return new ProviderTask(TASK + id);
    }

    private SandboxVolume moved(SandboxVolume sandboxVolume, int sizeGib, String serverId) {
        return new SandboxVolume(
                sandboxVolume.id(),
                sandboxVolume.account(),
                sandboxVolume.mark(),
                sandboxVolume.region(),
                sizeGib,
                serverId,
                sandboxServerStore.now().plusSeconds(WORK_SECONDS));
    }

    /** A deleted server holds no volume. */
    private SandboxVolume withoutGone(SandboxVolume sandboxVolume) {
        var isHeld = !sandboxVolume.serverId().isEmpty()
                && sandboxServerStore
                        .find(sandboxVolume.account(), sandboxVolume.serverId())
                        .isPresent();
        return isHeld
                ? sandboxVolume
                : new SandboxVolume(
                        sandboxVolume.id(),
                        sandboxVolume.account(),
                        sandboxVolume.mark(),
                        sandboxVolume.region(),
                        sandboxVolume.sizeGib(),
                        "",
                        sandboxVolume.readyAt());
    }

    private static void checkSize(int sizeGib) {
        if (sizeGib < 1 || sizeGib > SIZE_MAX_GIB) {
            throw new ProviderFailure(Reason.INVALID, "a volume has 1 to " + SIZE_MAX_GIB + " GiB");
        }
    }

    private void keep(SandboxVolume sandboxVolume) {
        var text = Json.createObjectBuilder()
                .add("id", sandboxVolume.id())
                .add("account", sandboxVolume.account())
                .add("mark", sandboxVolume.mark())
                .add("region", sandboxVolume.region())
                .add("size_gib", sandboxVolume.sizeGib())
                .add("server_id", sandboxVolume.serverId())
                .add("ready_at", sandboxVolume.readyAt().toString());
        textFileStore.put(sandboxVolume.id(), text.build().toString());
        blocks.put(sandboxVolume.id(), sandboxVolume);
    }

    private static SandboxVolume read(JsonFields text) {
        return new SandboxVolume(
                text.text("id"),
                text.text("account"),
                text.maybeText("mark").orElse(""),
                text.text("region"),
                text.whole("size_gib"),
                text.maybeText("server_id").orElse(""),
                SandboxServerCodec.instant(text, "ready_at"));
    }
}
