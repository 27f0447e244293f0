package io.tenantry.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Servers of a trace: {@code arrived_s,ended_s,request,vcpus,memory_gb}, one row each, plain or gzip. A server without an end still runs when
 * the trace ends, 300 seconds after the last arrival.
 *
 * @param servers in the file's order
 * @param endMicros end of the trace, from its beginning
 */
record Trace(List<Server> servers, long endMicros) {
    static final long HOUR_MICROS = 3_600_000_000L;
    private static final long AFTER_LAST_ARRIVAL_MICROS = 300_000_000L;
    private static final int COLUMNS = 5;

    /** A server size, as named in the file. */
    record Flavour(BigDecimal vcpus, BigDecimal memoryGb) {
        private static final BigDecimal VCPU_MONTHLY = new BigDecimal("4.00");
        private static final BigDecimal GB_MONTHLY = new BigDecimal("1.50");

        static Flavour of(String vcpus, String memoryGb) {
            return new Flavour(
                    new BigDecimal(vcpus).stripTrailingZeros(), new BigDecimal(memoryGb).stripTrailingZeros());
        }

        String name() {
            return vcpus.toPlainString() + "x" + memoryGb.toPlainString();
        }

        BigDecimal monthly() {
            return vcpus.multiply(VCPU_MONTHLY).add(memoryGb.multiply(GB_MONTHLY));
        }
    }

    /**
     * A row.
     *
     * @param arrivedMicros from the trace's beginning
     * @param endedMicros empty if it still runs at the trace's end
     */
    record Server(long arrivedMicros, OptionalLong endedMicros, String request, Flavour flavour) {}

    /** An event of the server in that row. */
    record Event(long atMicros, boolean isArrival, int row) {}

    static Trace read(Path file) throws IOException {
        var servers = new ArrayList<Server>();
        var flavours = new LinkedHashMap<String, Flavour>();
        try (var in = lines(file)) {
            var number = 0;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank() || (number == 1 && isHeader(line))) {
                    continue;
                }
                try {
                    servers.add(server(line, flavours));
                } catch (IllegalArgumentException | ArithmeticException wrong) {
                    throw new IllegalArgumentException(
                            file + ", line " + number + ": expected arrived_s,ended_s,request,vcpus,memory_gb, found '"
                                    + line + "'",
                            wrong);
                }
            }
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no servers");
        }
        var lastArrival =
                servers.stream().mapToLong(Server::arrivedMicros).max().orElseThrow();
        return new Trace(List.copyOf(servers), lastArrival + AFTER_LAST_ARRIVAL_MICROS);
    }

    /** Opens a plain or gzip file, distinguished by its first two bytes. */
    static BufferedReader lines(Path file) throws IOException {
        var raw = new PushbackInputStream(Files.newInputStream(file), 2);
        var head = raw.readNBytes(2);
        raw.unread(head);
        var isGzip = head.length == 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
        var in = isGzip ? new GZIPInputStream(raw, 1 << 16) : raw;
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    /** The distinct requests for servers, in order of first occurrence. */
    List<String> requests() {
        return servers.stream().map(Server::request).distinct().toList();
    }

    /** All sizes that occur, by name. */
    Map<String, Flavour> flavours() {
        var all = new LinkedHashMap<String, Flavour>();
        servers.forEach(server -> all.putIfAbsent(server.flavour().name(), server.flavour()));
        return all;
    }

    /** The events until the trace's end, in time order; at the same instant, arrivals come first. */
    List<Event> events() {
        var all = new ArrayList<Event>();
        for (var row = 0; row < servers.size(); row++) {
            var server = servers.get(row);
            all.add(new Event(server.arrivedMicros(), true, row));
            var ended = server.endedMicros();
            if (ended.isPresent() && ended.getAsLong() <= endMicros) {
                all.add(new Event(ended.getAsLong(), false, row));
            }
        }
        all.sort(Comparator.comparingLong(Event::atMicros)
                .thenComparing(Event::isArrival, Comparator.reverseOrder())
                .thenComparingInt(Event::row));
        return all;
    }

    /** The end events of servers that still run at the trace's end. */
    List<Event> lastEvents() {
        return IntStream.range(0, servers.size())
                .filter(row -> servers.get(row).endedMicros().orElse(Long.MAX_VALUE) > endMicros)
                .mapToObj(row -> new Event(endMicros, false, row))
                .toList();
    }

    private static boolean isHeader(String line) {
        return !Character.isDigit(line.strip().charAt(0));
    }

    private static Server server(String line, Map<String, Flavour> known) {
        var cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("found " + cells.length + " columns");
        }
        var arrived = micros(cells[0]);
        var ended = cells[1].isBlank() ? OptionalLong.empty() : OptionalLong.of(micros(cells[1]));
        if (arrived < 0 || (ended.isPresent() && ended.getAsLong() < arrived)) {
            throw new IllegalArgumentException("ends before it begins");
        }
        var flavour = known.computeIfAbsent(
                cells[3].strip() + "x" + cells[4].strip(), name -> Flavour.of(cells[3].strip(), cells[4].strip()));
        return new Server(arrived, ended, cells[2].strip(), flavour);
    }

    private static long micros(String seconds) {
        return new BigDecimal(seconds.strip()).movePointRight(6).longValueExact();
    }

    /** Writes the servers that arrive in the first hours to a file of the same format. */
    static void cut(Path from, int hours, Path to) throws IOException {
        var limit = BigDecimal.valueOf(hours).multiply(BigDecimal.valueOf(3_600));
        var kept = new ArrayList<String>();
        try (var in = lines(from)) {
            for (var line = Optional.ofNullable(in.readLine());
                    line.isPresent();
                    line = Optional.ofNullable(in.readLine())) {
                var text = line.get();
                if (!text.isBlank()
                        && (isHeader(text)
                                || new BigDecimal(text.substring(0, text.indexOf(','))).compareTo(limit) < 0)) {
                    kept.add(text);
                }
            }
        }
        Files.write(to, kept, StandardCharsets.UTF_8);
    }
}
