package io.tenantry.cloud.provider.sandbox.shell;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The programs that read and change files. */
final class FilePrograms {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Interpreter visit;

    private FilePrograms(Interpreter visit) {
        this.visit = visit;
    }

    static Map<String, ShellCommand> of(Interpreter visit) {
        var programs = new FilePrograms(visit);
        var all = new TreeMap<String, ShellCommand>();
        all.put("ls", programs::ls);
        all.put("cd", programs::cd);
        all.put("pwd", (words, output) -> output.line(visit.folder()));
        all.put("cat", programs::cat);
        all.put("echo", FilePrograms::echo);
        all.put("mkdir", programs::mkdir);
        all.put("rm", programs::rm);
        all.put("touch", programs::touch);
        return all;
    }

    private void ls(List<String> words, Output output) throws CommandFailure {
        var options = new Options(words, "la1h");
        var paths = options.others().isEmpty() ? List.of(visit.folder()) : options.others();
        for (var path : paths) {
            var whole = path(path);
            var entry = visit.files().find(whole);
            if (entry.isEmpty()) {
                throw new CommandFailure("cannot access '" + path + "': No such file or directory");
            }
            if (paths.size() > 1 && entry.get().isFolder()) {
                output.line(path + ":");
            }
            if (entry.get().isFolder()) {
                list(whole, options, output);
            } else {
                show(path, entry.get(), options, output);
            }
        }
    }

    private void list(String folder, Options options, Output output) throws CommandFailure {
        for (var name : visit.files().list(folder)) {
            if (options.has('a') || !name.startsWith(".")) {
                var entry = visit.files().find(Files.resolve(folder, name));
                if (entry.isPresent()) {
                    show(name, entry.get(), options, output);
                }
            }
        }
    }

    private static void show(String name, Files.Entry entry, Options options, Output output) throws CommandFailure {
        if (!options.has('l')) {
            output.line(entry.isFolder() ? name + "/" : name);
            return;
        }
        output.line((entry.isFolder() ? "drwxr-xr-x" : "-rw-r--r--")
                + " root root "
                + SystemPrograms.right(String.valueOf(entry.content().length), 6)
                + " "
                + WHEN.format(entry.at())
                + " "
                + name
                + (entry.isFolder() ? "/" : ""));
    }

    private void cd(List<String> words, Output output) throws CommandFailure {
        var to = words.isEmpty() ? Interpreter.HOME : words.get(0);
        var path = path(to);
        if (visit.files().find(path).isEmpty()) {
            throw new CommandFailure(to + ": No such file or directory");
        }
        if (!visit.files().isFolder(path)) {
            throw new CommandFailure(to + ": Not a directory");
        }
        visit.enter(path);
    }

    private void cat(List<String> words, Output output) throws CommandFailure {
        if (words.isEmpty()) {
            throw new CommandFailure("name a file");
        }
        for (var word : words) {
            output.raw(named(word, () -> visit.files().read(path(word))));
        }
    }

    private static void echo(List<String> words, Output output) throws CommandFailure {
        var endsLine = words.isEmpty() || !words.get(0).equals("-n");
        output.text(String.join(" ", endsLine ? words : words.subList(1, words.size())) + (endsLine ? "\n" : ""));
    }

    private void mkdir(List<String> words, Output output) throws CommandFailure {
        var options = new Options(words, "p");
        for (var word : options.needed()) {
            named(word, () -> {
                visit.files()
                        .makeFolder(path(word), options.has('p'), visit.box().now());
                return word;
            });
        }
    }

    private void rm(List<String> words, Output output) throws CommandFailure {
        var options = new Options(words, "rf");
        for (var word : options.needed()) {
            var path = path(word);
            if (options.has('f') && visit.files().find(path).isEmpty()) {
                continue;
            }
            named(word, () -> {
                visit.files().remove(path, options.has('r'));
                return word;
            });
        }
        if (!visit.files().isFolder(visit.folder())) {
            visit.enter("/");
        }
    }

    private void touch(List<String> words, Output output) throws CommandFailure {
        for (var word : new Options(words, "").needed()) {
            named(word, () -> {
                visit.files().touch(path(word), visit.box().now());
                return word;
            });
        }
    }

    private String path(String word) {
        var isHome = word.equals("~") || word.startsWith("~/");
        return Files.resolve(visit.folder(), isHome ? Interpreter.HOME + word.substring(1) : word);
    }

    /** Adds the name of the file to a failure. */
    private static <T> T named(String word, Attempt<T> attempt) throws CommandFailure {
        try {
            return attempt.run();
        } catch (CommandFailure commandFailure) {
            throw new CommandFailure(word + ": " + commandFailure.words());
        }
    }

    /** A file operation that may fail. */
    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws CommandFailure;
    }

    /** Option letters after a hyphen, and the remaining arguments. */
    private record Options(String letters, List<String> others) {
        Options(List<String> words, String known) throws CommandFailure {
            this(letters(words, known), others(words));
        }

        boolean has(char letter) {
            return letters.indexOf(letter) >= 0;
        }

        List<String> needed() throws CommandFailure {
            if (others.isEmpty()) {
                throw new CommandFailure("missing operand");
            }
            return others;
        }

        private static String letters(List<String> words, String known) throws CommandFailure {
            var all = new StringBuilder();
            for (var word : words) {
                if (isOption(word)) {
                    all.append(word, 1, word.length());
                }
            }
            for (var i = 0; i < all.length(); i++) {
                if (known.indexOf(all.charAt(i)) < 0) {
                    throw new CommandFailure("invalid option -- '" + all.charAt(i) + "'");
                }
            }
            return all.toString();
        }

        private static List<String> others(List<String> words) {
            var all = new ArrayList<String>();
            for (var word : words) {
                if (!isOption(word)) {
                    all.add(word);
                }
            }
            return all;
        }

        private static boolean isOption(String word) {
            return word.length() > 1 && word.startsWith("-");
        }
    }
}
