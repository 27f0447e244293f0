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

/** A mail server for tests, over a real socket: accepts and stores emails, or simulates a configured failure (RFC 5321). */
public final class FakeMailServer implements AutoCloseable {
    private final ServerSocket serverSocket;
    private final ExecutorService staff = Executors.newCachedThreadPool();
    private final List<ReceivedMail> handedOver = new CopyOnWriteArrayList<>();
    private final List<ReceivedMail> taken = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile Behavior behavior = Behavior.TAKES;

    /** The behavior towards clients. */
    public enum Behavior {
        /** Accepts all messages. */
        TAKES,
        /** Rejects the connection as busy instead of a greeting. */
        IS_BUSY,
        /** Accepts the connection and never responds. */
        IS_SILENT,
        /** Rejects all recipients. */
        KNOWS_NOBODY,
        /** Rejects the complete message temporarily. */
        PUTS_OFF,
        /** Rejects the complete message permanently. */
        DISLIKES_IT,
        /** Closes the connection after the complete message without a response. */
        HANGS_UP,
        /** Never responds after the complete message. */
        FORGETS_TO_ANSWER,
        /** Accepts the message and never responds again, not even to QUIT. */
        SAYS_NO_GOODBYE
    }

    /**
     * A message as received.
     *
     * @param sender the sender of the envelope
     * @param recipients the recipients of the envelope
     * @param content headers and body, with dot-stuffing removed
     */
    public record ReceivedMail(String sender, List<String> recipients, byte[] content) {
        /** Returns the content, one character per byte. */
        public String text() {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    private FakeMailServer(ServerSocket serverSocket) {
        this.serverSocket = serverSocket;
    }

    /** Opens a server on a free port of the loopback address. */
    public static FakeMailServer open() {
        try {
            var opened = new FakeMailServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            opened.staff.execute(opened::receive);
            return opened;
        } catch (IOException failure) {
            throw new StartupException("no mail server for tests: " + failure.getMessage(), failure);
        }
    }

    /** Returns the port on which it listens. */
    public int port() {
        return serverSocket.getLocalPort();
    }

    /** Sets the behavior from the next connection on. */
    public void behave(Behavior other) {
        behavior = other;
    }

    /** Returns the messages that were acknowledged with 250 and must not be sent again. */
    public List<ReceivedMail> taken() {
        return List.copyOf(taken);
    }

    /** Returns the messages that were received completely, regardless of the response. */
    public List<ReceivedMail> handedOver() {
        return List.copyOf(handedOver);
    }

    /** Returns the lines sent by clients, except the contents of messages; {@code (comes)} stands for a new connection. */
    public List<String> reply() {
        return List.copyOf(received);
    }

    private void receive() {
        while (!serverSocket.isClosed()) {
            try {
                var visitor = serverSocket.accept();
                staff.execute(() -> meet(visitor));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void meet(Socket visitor) {
        received.add("(comes)");
        try (visitor) {
            var in = new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.ISO_8859_1));
            talk(behavior, in, visitor.getOutputStream());
        } catch (IOException gone) {
            // The client disconnected: this is how sessions with a server that does not respond end.
        }
    }

    private void talk(Behavior now, BufferedReader in, OutputStream out) throws IOException {
        if (now == Behavior.IS_SILENT) {
            outwait(in);
        } else if (now == Behavior.IS_BUSY) {
            reply(out, "421 4.3.2 mail.example is too busy");
        } else {
            reply(out, "220 mail.example");
            listen(now, in, out);
        }
    }

    private void listen(Behavior now, BufferedReader in, OutputStream out) throws IOException {
        var sender = "";
        var recipients = new ArrayList<String>();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            received.add(line);
            switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                case "EHLO", "HELO", "RSET", "NOOP" -> reply(out, "250 mail.example");
                case "MAIL" -> {
                    sender = address(line);
                    reply(out, "250 2.1.0 go on");
                }
                case "RCPT" -> {
                    recipients.add(address(line));
                    reply(out, now == Behavior.KNOWS_NOBODY ? "550 5.1.1 nobody of that name" : "250 2.1.5 go on");
                }
                case "DATA" -> {
                    reply(out, "354 go on");
                    if (!judge(now, new ReceivedMail(sender, List.copyOf(recipients), content(in)), in, out)) {
                        return;
                    }
                }
                case "QUIT" -> {
                    reply(out, "221 2.0.0 goodbye");
                    return;
                }
                default -> reply(out, "502 5.5.1 not understood");
            }
        }
    }

    /** Returns whether the session continues. */
    private boolean judge(Behavior now, ReceivedMail receivedMail, BufferedReader in, OutputStream out)
            throws IOException {
        handedOver.add(receivedMail);
        if (now == Behavior.HANGS_UP) {
            return false;
        }
        if (now == Behavior.FORGETS_TO_ANSWER) {
            outwait(in);
            return false;
        }
        if (now == Behavior.PUTS_OFF || now == Behavior.DISLIKES_IT) {
            reply(out, now == Behavior.PUTS_OFF ? "451 4.3.0 later, please" : "554 5.7.1 this looks like spam");
            return true;
        }
        taken.add(receivedMail);
        reply(out, "250 2.0.0 taken");
        if (now == Behavior.SAYS_NO_GOODBYE) {
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

    /** Waits until the client gives up. */
    private static void outwait(BufferedReader in) throws IOException {
        while (in.read() >= 0) {
            // Sends no response.
        }
    }

    private static void reply(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        staff.shutdownNow();
        try {
            serverSocket.close();
        } catch (IOException failure) {
            throw new StartupException("the mail server for tests does not close: " + failure.getMessage(), failure);
        }
    }
}
