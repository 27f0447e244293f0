package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.sandbox.shell.Files;
import jakarta.json.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The contents of servers' disks and of copies of them: stored beside the servers, read on demand. */
final class DiskContents {
    private static final String OF_COPY = ".";

    private final TextFileStore textFileStore;
    private final Map<String, Files> open = new HashMap<>();
    private final Map<String, Files> rescues = new HashMap<>();

    DiskContents(TextFileStore textFileStore) {
        this.textFileStore = textFileStore;
    }

    /** Replaces the contents by those of a newly installed system. */
    synchronized void put(String id, Files fresh) {
        open.remove(id);
        textFileStore.put(id, text(fresh));
    }

    /** Returns the files of a server, shared by all sessions. */
    synchronized Files of(String id) {
        return open.computeIfAbsent(id, this::read);
    }

    synchronized void keep(String id) {
        var files = of(id);
        files.takeChanged();
        textFileStore.put(id, text(files));
    }

    /** Returns the files of a server's rescue system: fresh ones, with those of the server itself mounted. */
    synchronized Files rescue(String id, Instant at) {
        return rescues.computeIfAbsent(id, server -> of(server).rescue(at));
    }

    /** Stores the changes made to the server's own files from its rescue system; other files of the rescue system are lost. */
    synchronized void keepRescue(String id) {
        var files = rescues.get(id);
        if (files != null) {
            of(id).become(files.mounted());
            keep(id);
        }
    }

    /** Ends the rescue system. */
    synchronized void endRescue(String id) {
        rescues.remove(id);
    }

    synchronized void copy(String id, String copyId) {
        textFileStore.put(id + OF_COPY + copyId, text(of(id)));
    }

    synchronized void restore(String id, String copyId) {
        of(id).become(read(id + OF_COPY + copyId));
        keep(id);
    }

    synchronized void removeCopy(String id, String copyId) {
        textFileStore.remove(id + OF_COPY + copyId);
    }

    /** Removes all contents of a server, including copies. */
    synchronized void remove(String id) {
        open.remove(id);
        rescues.remove(id);
        textFileStore.remove(id);
        for (var name : textFileStore.names()) {
            if (name.startsWith(id + OF_COPY)) {
                textFileStore.remove(name);
            }
        }
    }

    private Files read(String name) {
        return textFileStore.find(name).map(DiskContents::files).orElseGet(() -> new Files(Map.of()));
    }

    private static String text(Files files) {
        var all = Json.createObjectBuilder();
        files.all().forEach((path, entry) -> {
            var one = Json.createObjectBuilder().add("at", entry.at().toString());
            if (!entry.isFolder()) {
                one.add("content", Base64.getEncoder().encodeToString(entry.content()));
            }
            all.add(path, one);
        });
        return all.build().toString();
    }

    private static Files files(String text) {
        var all = SandboxServerCodec.fields(text);
        var entries = new HashMap<String, Files.Entry>();
        for (var path : all.object().keySet()) {
            var one = all.in(path);
            var isFolder = !one.object().containsKey("content");
            var content = Base64.getDecoder().decode(one.maybeText("content").orElse(""));
            entries.put(path, new Files.Entry(isFolder, content, Instant.parse(one.text("at"))));
        }
        return new Files(entries);
    }
}
