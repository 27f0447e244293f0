package io.tenantry.cloud.provider.sandbox.shell;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one server: a tree in memory, with a quota. A path is only a key of it, so it can never lead to a file of the machine that this
 * runs on.
 */
public final class Files {
    /** The maximum size of all contents together. */
    public static final int BYTES_MAX = 64 * 1024;

    /** The maximum number of files and folders. */
    public static final int ENTRIES_MAX = 400;

    /** The maximum length of a resolved path. */
    static final int PATH_MAX = 512;

    /** The system name of a rescue system. */
    public static final String RESCUE = "Rescue system";

    private static final String ROOT = "/";
    private static final String MOUNT = "/mnt";
    private static final byte[] NOTHING = {};

    /** A file, or a folder, which has no content. */
    public record Entry(boolean isFolder, byte[] content, Instant at) {}

    private final NavigableMap<String, Entry> entries = new TreeMap<>();
    private boolean isChanged;

    /** Creates files from their stored form. */
    public Files(Map<String, Entry> kept) {
        entries.putAll(kept);
    }

    /** Creates the files of a newly installed system. */
    public static Files fresh(String hostname, String system, Instant at) {
        var files = new Files(Map.of());
        for (var folder : List.of("/etc", "/home", "/root", "/srv", "/tmp", "/var", "/var/log", "/var/www")) {
            files.entries.put(folder, new Entry(true, NOTHING, at));
        }
        files.place("/etc/hostname", hostname + "\n", at);
        files.place("/etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\t" + hostname + "\n", at);
        files.place("/etc/motd", "This server is simulated: nothing that you do here reaches a real machine.\n", at);
        files.place("/etc/os-release", "PRETTY_NAME=\"" + system + "\"\n", at);
        files.place("/var/log/boot.log", at + " " + system + " was installed\n", at);
        files.isChanged = true;
        return files;
    }

    /** Creates the files of a rescue system, with all of these mounted at {@code /mnt}. */
    public synchronized Files rescue(Instant at) {
        var files = new Files(Map.of());
        for (var folder : List.of("/etc", MOUNT, "/root", "/tmp")) {
            files.entries.put(folder, new Entry(true, NOTHING, at));
        }
        files.place("/etc/hostname", "rescue\n", at);
        files.place("/etc/motd", "The server's own files are below " + MOUNT + ".\n", at);
        files.place("/etc/os-release", "PRETTY_NAME=\"" + RESCUE + "\"\n", at);
        entries.forEach((path, entry) -> files.entries.put(MOUNT + path, entry));
        files.isChanged = false;
        return files;
    }

    /** Returns the server's own files, mounted in a rescue system. */
    public synchronized Files mounted() {
        var files = new Files(Map.of());
        entries.tailMap(MOUNT + ROOT).forEach((path, entry) -> {
            if (path.startsWith(MOUNT + ROOT)) {
                files.entries.put(path.substring(MOUNT.length()), entry);
            }
        });
        return files;
    }

    /** Returns all entries by path. */
    public synchronized Map<String, Entry> all() {
        return new TreeMap<>(entries);
    }

    /** Whether anything has changed since the last call. */
    public synchronized boolean takeChanged() {
        var was = isChanged;
        isChanged = false;
        return was;
    }

    /** Stores a file in an existing folder, regardless of its size: for files of the system. */
    public synchronized void place(String path, String content, Instant at) {
        entries.put(path, new Entry(false, content.getBytes(StandardCharsets.UTF_8), at));
        isChanged = true;
    }

    /** Replaces these files by those of another server. */
    public synchronized void become(Files others) {
        entries.clear();
        entries.putAll(others.all());
        isChanged = true;
    }

    /** Removes what was written after an instant. */
    public synchronized void forgetSince(Instant instant) {
        entries.values().removeIf(entry -> !entry.isFolder() && entry.at().isAfter(instant));
        isChanged = true;
    }

    /** Returns the normalized path: absolute and without dots; it cannot go above the root. */
    static String resolve(String folder, String path) {
        var parts = new ArrayDeque<String>();
        var whole = path.startsWith(ROOT) ? path : folder + ROOT + path;
        for (var part : whole.split(ROOT, -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return ROOT + String.join(ROOT, parts);
    }

    synchronized Optional<Entry> find(String path) {
        return path.equals(ROOT)
                ? Optional.of(new Entry(true, NOTHING, Instant.EPOCH))
                : Optional.ofNullable(entries.get(path));
    }

    boolean isFolder(String path) {
        return find(path).filter(Entry::isFolder).isPresent();
    }

    synchronized byte[] read(String path) throws CommandFailure {
        var entry = find(path).orElseThrow(() -> new CommandFailure("No such file or directory"));
        if (entry.isFolder()) {
            throw new CommandFailure("Is a directory");
        }
        return entry.content().clone();
    }

    /** Returns the names within a folder, sorted. */
    synchronized List<String> list(String folder) {
        var prefix = folder.equals(ROOT) ? ROOT : folder + ROOT;
        var names = new ArrayList<String>();
        for (var path : entries.tailMap(prefix, false).keySet()) {
            if (!path.startsWith(prefix)) {
                break;
            }
            var name = path.substring(prefix.length());
            if (name.indexOf('/') < 0) {
                names.add(name);
            }
        }
        return names;
    }

    synchronized void write(String path, byte[] content, boolean append, Instant at) throws CommandFailure {
        var old = NOTHING;
        if (find(path).isPresent()) {
            old = read(path);
        } else {
            makeRoomFor(path);
        }
        var whole = content;
        if (append) {
            whole = new byte[old.length + content.length];
            System.arraycopy(old, 0, whole, 0, old.length);
            System.arraycopy(content, 0, whole, old.length, content.length);
        }
        if (usedBytes() - old.length + whole.length > BYTES_MAX) {
            throw new CommandFailure("No space left on device");
        }
        entries.put(path, new Entry(false, whole.clone(), at));
        isChanged = true;
    }

    synchronized void touch(String path, Instant at) throws CommandFailure {
        var entry = find(path);
        if (entry.isEmpty()) {
            write(path, NOTHING, false, at);
        } else if (!path.equals(ROOT)) {
            entries.put(path, new Entry(entry.get().isFolder(), entry.get().content(), at));
            isChanged = true;
        }
    }

    synchronized void makeFolder(String path, boolean andThoseAbove, Instant at) throws CommandFailure {
        if (find(path).isPresent()) {
            if (andThoseAbove && isFolder(path)) {
                return;
            }
            throw new CommandFailure("File exists");
        }
        var above = above(path);
        if (andThoseAbove && find(above).isEmpty()) {
            makeFolder(above, true, at);
        }
        makeRoomFor(path);
        entries.put(path, new Entry(true, NOTHING, at));
        isChanged = true;
    }

    synchronized void remove(String path, boolean andAllWithin) throws CommandFailure {
        var entry = find(path).orElseThrow(() -> new CommandFailure("No such file or directory"));
        if (path.equals(ROOT)) {
            throw new CommandFailure("it is dangerous to remove everything");
        }
        if (entry.isFolder() && !andAllWithin) {
            throw new CommandFailure("Is a directory");
        }
        entries.remove(path);
        entries.keySet().removeIf(one -> one.startsWith(path + ROOT));
        isChanged = true;
    }

    synchronized int usedBytes() {
        return entries.values().stream()
                .mapToInt(entry -> entry.content().length)
                .sum();
    }

    private static String above(String path) {
        var slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    private void makeRoomFor(String path) throws CommandFailure {
        var above = find(above(path)).orElseThrow(() -> new CommandFailure("No such file or directory"));
        if (!above.isFolder()) {
            throw new CommandFailure("Not a directory");
        }
        if (path.length() > PATH_MAX) {
            throw new CommandFailure("File name too long");
        }
        if (entries.size() >= ENTRIES_MAX) {
            throw new CommandFailure("No space left on device");
        }
    }
}
