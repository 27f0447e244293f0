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
    private record Block(
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
    private final Map<String, Block> blocks;

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
        var block = new Block(
                sandboxServerStore.newId("vol-"),
                account,
                resourceTag.text(),
                region,
                sizeGib,
                "",
                now.plusSeconds(WORK_SECONDS));
        keep(block);
        return block.shown(now);
    }

    ProviderTask attach(String account, String id, String serverId) {
        var sandboxServer = sandboxServerStore.need(account, serverId);
        FaultInjection.ATTACH.refuse(sandboxServer, Reason.PROVIDER_ERROR, "the server cannot attach a volume");
        return change(account, id, block -> {
            if (!block.region().equals(sandboxServer.make().region())) {
                throw new ProviderFailure(Reason.INVALID, "the volume is in another region than the server");
            }
            if (!block.serverId().isEmpty() && !block.serverId().equals(serverId)) {
                throw new ProviderFailure(Reason.BUSY, "the volume is attached to another server");
            }
            return moved(block, block.sizeGib(), serverId);
        });
    }

    ProviderTask detach(String account, String id) {
        return change(account, id, block -> moved(block, block.sizeGib(), ""));
    }

    ProviderTask grow(String account, String id, int sizeGib) {
        checkSize(sizeGib);
        return change(account, id, block -> {
            if (sizeGib < block.sizeGib()) {
                throw new ProviderFailure(Reason.INVALID, "volumes only grow");
            }
            return moved(block, sizeGib, block.serverId());
        });
    }

    synchronized void delete(String account, String id) {
        var block = blocks.get(id);
        if (block == null || !block.account().equals(account)) {
            return;
        }
        if (!withoutGone(block).serverId().isEmpty()) {
            throw new ProviderFailure(Reason.BUSY, "the volume is attached");
        }
        blocks.remove(id);
        textFileStore.remove(id);
    }

    synchronized Progress progress(String account, String id) {
        var block = blocks.get(id);
        if (block == null || !block.account().equals(account)) {
            return Progress.failed("the volume is gone");
        }
        return block.isReady(sandboxServerStore.now()) ? Progress.done() : Progress.running(0);
    }

    private synchronized ProviderTask change(String account, String id, UnaryOperator<Block> how) {
        var block = blocks.get(id);
        if (block == null || !block.account().equals(account)) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id);
        }
        if (!block.isReady(sandboxServerStore.now())) {
            throw new ProviderFailure(Reason.BUSY, "another operation of the volume is in progress");
        }
        keep(how.apply(withoutGone(block)));
        return new ProviderTask(TASK + id);
    }

    private Block moved(Block block, int sizeGib, String serverId) {
        return new Block(
                block.id(),
                block.account(),
                block.mark(),
                block.region(),
                sizeGib,
                serverId,
                sandboxServerStore.now().plusSeconds(WORK_SECONDS));
    }

    /** A deleted server holds no volume. */
    private Block withoutGone(Block block) {
        var isHeld = !block.serverId().isEmpty()
                && sandboxServerStore.find(block.account(), block.serverId()).isPresent();
        return isHeld
                ? block
                : new Block(
                        block.id(),
                        block.account(),
                        block.mark(),
                        block.region(),
                        block.sizeGib(),
                        "",
                        block.readyAt());
    }

    private static void checkSize(int sizeGib) {
        if (sizeGib < 1 || sizeGib > SIZE_MAX_GIB) {
            throw new ProviderFailure(Reason.INVALID, "a volume has 1 to " + SIZE_MAX_GIB + " GiB");
        }
    }

    private void keep(Block block) {
        var text = Json.createObjectBuilder()
                .add("id", block.id())
                .add("account", block.account())
                .add("mark", block.mark())
                .add("region", block.region())
                .add("size_gib", block.sizeGib())
                .add("server_id", block.serverId())
                .add("ready_at", block.readyAt().toString());
        textFileStore.put(block.id(), text.build().toString());
        blocks.put(block.id(), block);
    }

    private static Block read(JsonFields text) {
        return new Block(
                text.text("id"),
                text.text("account"),
                text.maybeText("mark").orElse(""),
                text.text("region"),
                text.whole("size_gib"),
                text.maybeText("server_id").orElse(""),
                SandboxServerCodec.instant(text, "ready_at"));
    }
}
