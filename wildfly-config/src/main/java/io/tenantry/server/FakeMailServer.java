package io.tenantry.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server for tests, over a real socket: takes what it is sent and keeps it, or behaves as badly as it is told to (RFC 5321). */
public final class FakeMailServer implements AutoCloseable {
    private final ServerSocket door;
    private final ExecutorService staff = Executors.newCachedThreadPool();
    private final List<Letter> handedOver = new CopyOnWriteArrayList<>();
    private final List<Letter> taken = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.TAKES;

    /** How it meets whoever comes. */
    public enum Manner {
        /** Takes everything. */
        TAKES,
        /** Has no time, and says so instead of a greeting. */
        IS_BUSY,
        /** Lets everybody in and says nothing, for ever. */
        IS_SILENT,
        /** Knows no recipient. */
        KNOWS_NOBODY,
        /** Has the whole message and wants it again later. */
        PUTS_OFF,
        /** Has the whole message and does not like it. */
        DISLIKES_IT,
        /** Has the whole message and hangs up without a word. */
        HANGS_UP,
        /** Has the whole message and says nothing, for ever. */
        FORGETS_TO_ANSWER,
        /** Takes the message and says nothing more, not even goodbye. */
        SAYS_NO_GOODBYE
    }

    /**
     * A message as it came.
     *
     * @param sender of the envelope
     * @param recipients of the envelope
     * @param content heads and body, without the dots that were put before dots
     */
    public record Letter(String sender, List<String> recipients, byte[] content) {
        /** The content, each byte a character. */
        public String text() {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    private FakeMailServer(ServerSocket door) {
        this.door = door;
    }

    /** Opens one on a free port of the loopback address. */
    public static FakeMailServer open() {
        try {
            var opened = new FakeMailServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            opened.staff.execute(opened::receive);
            return opened;
        } catch (IOException failure) {
            throw new StartupException("no mail server for tests: " + failure.getMessage(), failure);
        }
    }

    /** Where it listens. */
    public int port() {
        return door.getLocalPort();
    }

    /** From the next visitor on it behaves like that. */
    public void behave(Manner other) {
        manner = other;
    }

    /** What it has answered for with a 250: nobody may send it again. */
    public List<Letter> taken() {
        return List.copyOf(taken);
    }

    /** What it had to the end, whatever it answered. */
    public List<Letter> handedOver() {
        return List.copyOf(handedOver);
    }

    /** What visitors said, line by line, but for what was in messages; {@code (comes)} is somebody coming. */
    public List<String> said() {
        return List.copyOf(said);
    }

    private void receive() {
        while (!door.isClosed()) {
            try {
                var visitor = door.accept();
                staff.execute(() -> meet(visitor));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void meet(Socket visitor) {
        said.add("(comes)");
        try (visitor) {
            var in = new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.ISO_8859_1));
            talk(manner, in, visitor.getOutputStream());
        } catch (IOException gone) {
            // Left without a word: so end conversations with a server that does not speak.
        }
    }

    private void talk(Manner now, BufferedReader in, OutputStream out) throws IOException {
        if (now == Manner.IS_SILENT) {
            outwait(in);
        } else if (now == Manner.IS_BUSY) {
            say(out, "421 4.3.2 mail.example is too busy");
        } else {
            say(out, "220 mail.example");
            listen(now, in, out);
        }
    }

    private void listen(Manner now, BufferedReader in, OutputStream out) throws IOException {
        var sender = "";
        var recipients = new ArrayList<String>();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                case "EHLO", "HELO", "RSET", "NOOP" -> say(out, "250 mail.example");
                case "MAIL" -> {
                    sender = address(line);
                    say(out, "250 2.1.0 go on");
                }
                case "RCPT" -> {
                    recipients.add(address(line));
                    say(out, now == Manner.KNOWS_NOBODY ? "550 5.1.1 nobody of that name" : "250 2.1.5 go on");
                }
                case "DATA" -> {
                    say(out, "354 go on");
                    if (!judge(now, new Letter(sender, List.copyOf(recipients), content(in)), in, out)) {
                        return;
                    }
                }
                case "QUIT" -> {
                    say(out, "221 2.0.0 goodbye");
                    return;
                }
                default -> say(out, "502 5.5.1 not understood");
            }
        }
    }

    /** Whether the conversation goes on. */
    private boolean judge(Manner now, Letter letter, BufferedReader in, OutputStream out) throws IOException {
        handedOver.add(letter);
        if (now == Manner.HANGS_UP) {
            return false;
        }
        if (now == Manner.FORGETS_TO_ANSWER) {
            outwait(in);
            return false;
        }
        if (now == Manner.PUTS_OFF || now == Manner.DISLIKES_IT) {
            say(out, now == Manner.PUTS_OFF ? "451 4.3.0 later, please" : "554 5.7.1 this looks like spam");
            return true;
        }
        taken.add(letter);
        say(out, "250 2.0.0 taken");
        if (now == Manner.SAYS_NO_GOODBYE) {
            outwait(in);
            return false;
        }
        return true;
    }

    private static byte[] content(BufferedReader in) throws IOException {
        var content = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return content.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    /** Until the visitor gives up. */
    private static void outwait(BufferedReader in) throws IOException {
        while (in.read() >= 0) {
            // Says nothing to it.
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        staff.shutdownNow();
        try {
            door.close();
        } catch (IOException failure) {
            throw new StartupException("the mail server for tests does not close: " + failure.getMessage(), failure);
        }
    }
}
