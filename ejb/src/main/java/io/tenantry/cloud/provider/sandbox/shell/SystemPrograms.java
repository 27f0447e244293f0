package io.tenantry.cloud.provider.sandbox.shell;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The programs that show the state of the simulated machine. */
final class SystemPrograms {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int MIB_OF_GIB = 1_024;
    private static final int SYSTEM_MIB = 1_700;
    private static final List<String> PROCESSES =
            List.of("/sbin/init", "/usr/lib/journald", "/usr/sbin/cron", "/usr/sbin/sshd", "/usr/sbin/nginx", "-sh");

    private final SimulatedHost simulatedHost;
    private final Files files;

    private SystemPrograms(SimulatedHost simulatedHost, Files files) {
        this.simulatedHost = simulatedHost;
        this.files = files;
    }

    static Map<String, ShellCommand> of(SimulatedHost simulatedHost, Files files) {
        var programs = new SystemPrograms(simulatedHost, files);
        var all = new TreeMap<String, ShellCommand>();
        all.put("uptime", (words, output) -> output.line(uptime(simulatedHost)));
        all.put("whoami", (words, output) -> output.line("root"));
        all.put("id", (words, output) -> output.line("uid=0(root) gid=0(root) groups=0(root)"));
        all.put(
                "hostname",
                (words, output) ->
                        output.line(words.contains("-I") ? simulatedHost.address() : simulatedHost.hostname()));
        all.put("uname", programs::uname);
        all.put("date", (words, output) -> output.line(DATE.format(simulatedHost.now())));
        all.put("top", (words, output) -> output.text(String.join("\n", top(simulatedHost, Integer.MAX_VALUE)) + "\n"));
        all.put("free", programs::free);
        all.put("df", programs::df);
        all.put("ps", programs::ps);
        return all;
    }

    /** Returns as many lines of the display as fit. */
    static List<String> top(SimulatedHost simulatedHost, int rows) {
        var simulatedLoad = simulatedHost.load();
        var lines = new ArrayList<String>();
        lines.add("top -" + uptime(simulatedHost));
        lines.add("Tasks: " + PROCESSES.size() + " total,   1 running, " + (PROCESSES.size() - 1) + " sleeping");
        lines.add("%Cpu(s): " + tenths(simulatedLoad.cpuPercent()) + " us, " + tenths(100 - simulatedLoad.cpuPercent())
                + " id, on " + simulatedHost.vcpus() + " cores");
        lines.add("MiB Mem: " + simulatedHost.memoryMib() + " total, " + simulatedLoad.memoryUsedMib() + " used, "
                + simulatedLoad.cacheMib() + " buff/cache");
        lines.add("");
        lines.add("  PID USER      %CPU  %MEM COMMAND");
        for (var i = 0; i < PROCESSES.size(); i++) {
            var share = simulatedLoad.cpuPercent() / (i + 2);
            lines.add(right(String.valueOf(pid(i)), 5) + " root     " + right(tenths(share), 5)
                    + right(tenths(0.2 * (PROCESSES.size() - i)), 6) + " " + PROCESSES.get(i));
        }
        return lines.subList(0, Math.max(1, Math.min(rows, lines.size())));
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String uptime(SimulatedHost simulatedHost) {
        var up = Duration.between(simulatedHost.bootedAt(), simulatedHost.now());
        var clock =
                String.format(Locale.ROOT, "%d:%02d", Math.max(0, up.toHoursPart()), Math.max(0, up.toMinutesPart()));
        var days = up.toDays() > 0 ? up.toDays() + (up.toDays() == 1 ? " day, " : " days, ") : "";
        var averages = simulatedHost.load().averages();
        return " " + TIME.format(simulatedHost.now()) + " up " + days + clock + ",  1 user,  load average: "
                + String.format(Locale.ROOT, "%.2f, %.2f, %.2f", averages.get(0), averages.get(1), averages.get(2));
    }

    private void uname(List<String> words, Output output) throws CommandFailure {
        var isAll = words.contains("-a");
        output.line(
                isAll
                        ? "Linux " + simulatedHost.shortName() + " 6.12.0-sandbox #1 SMP x86_64 (simulated: "
                                + simulatedHost.system() + ")"
                        : words.contains("-r")
                                ? "6.12.0-sandbox"
                                : words.contains("-n") ? simulatedHost.shortName() : "Linux");
    }

    private void free(List<String> words, Output output) throws CommandFailure {
        var simulatedLoad = simulatedHost.load();
        var free = simulatedHost.memoryMib() - simulatedLoad.memoryUsedMib() - simulatedLoad.cacheMib();
        output.line("          total    used    free  buff/cache");
        output.line("Mem:   "
                + right(simulatedHost.memoryMib() + "Mi", 8)
                + right(simulatedLoad.memoryUsedMib() + "Mi", 8)
                + right(free + "Mi", 8)
                + right(simulatedLoad.cacheMib() + "Mi", 12));
    }

    private void df(List<String> words, Output output) throws CommandFailure {
        var sizeMib = (long) simulatedHost.diskGib() * MIB_OF_GIB;
        output.line("Filesystem      Size    Used   Avail  Mounted on");
        output.line("/dev/vda1   "
                + right(simulatedHost.diskGib() + "G", 8)
                + right(SYSTEM_MIB + "M", 8)
                + right((sizeMib - SYSTEM_MIB) / MIB_OF_GIB + "G", 8)
                + "  /");
        output.line("files       "
                + right(Files.BYTES_MAX / 1_024 + "K", 8)
                + right((files.usedBytes() + 1_023) / 1_024 + "K", 8)
                + right((Files.BYTES_MAX - files.usedBytes()) / 1_024 + "K", 8)
                + "  what you write");
    }

    private void ps(List<String> words, Output output) throws CommandFailure {
        output.line("  PID TTY          TIME CMD");
        for (var i = 0; i < PROCESSES.size(); i++) {
            output.line(right(String.valueOf(pid(i)), 5) + " pts/0    00:00:0" + i + " " + PROCESSES.get(i));
        }
    }

    private static int pid(int process) {
        return process == 0 ? 1 : 200 + process * 61;
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
