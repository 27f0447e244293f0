package io.tenantry.cluster;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A proxy between a server and PostgreSQL that injects faults: delays, cuts or swallows traffic, or loses the response to a commit. Reads the
 * frontend protocol (PostgreSQL manual, chapter "Frontend/Backend Protocol") just far enough to detect commits, count round trips and see the
 * executed statements.
 */
public final class DatabaseProxy implements AutoCloseable {
    /** Codes in place of a protocol version: SSLRequest and GSSENCRequest, which are answered with one byte. */
    private static final Set<Integer> ENCRYPTION_REQUESTS = Set.of(80_877_103, 80_877_104);

    private static final int BUFFER = 16_384;

    private final ServerSocket listener;
    private final int target;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger commitsToLose = new AtomicInteger();
    private final AtomicLong bytesToCut = new AtomicLong(Long.MAX_VALUE);
    private volatile Consumer<String> ear = statement -> {};
    private volatile long latencyNanos;
    private volatile boolean swallowing;
    private volatile boolean closed;

    public DatabaseProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The number of times that a client waited for a response so far: synchronizations and simple queries. */
    public long roundTrips() {
        return roundTrips.get();
    }

    /** The number of requested commits so far. */
    public long commits() {
        return commits.get();
    }

    /** From now on, passes each statement to the listener before it reaches the database, each time it is executed. */
    public void tell(Consumer<String> listener) {
        ear = listener;
    }

    /** Lets each of the next commits reach the database, but loses the response by cutting the connection. */
    public void loseAnswers(int next) {
        answersToLose.set(next);
    }

    /** Keeps each of the next commits from reaching the database by cutting the connection. */
    public void loseCommits(int next) {
        commitsToLose.set(next);
    }

    /** The number of commits or responses still to be lost. */
    public int toLose() {
        return answersToLose.get() + commitsToLose.get();
    }

    /** Cuts the connection that carries the last of this many response bytes, wherever in a message that is. */
    public void cutAfter(long bytes) {
        bytesToCut.set(bytes);
    }

    /** Delays each message to the database by that much. */
    public void latency(Duration delay) {
        latencyNanos = delay.toNanos();
    }

    /** Swallows all traffic in both directions silently, like a firewall that has dropped the connection from its state. */
    public void swallow(boolean everything) {
        swallowing = everything;
    }

    /** Cuts all existing connections; new ones are accepted. */
    public void cutAll() {
        lines.forEach(Line::cut);
    }

    @Override
    public void close() {
        closed = true;
        cutAll();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                var client = listener.accept();
                try {
                    var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
                    lines.add(line);
                    start("proxy to the database", line::forward);
                    start("proxy from the database", line::backward);
                } catch (IOException databaseIsDown) {
                    client.close();
                }
            } catch (IOException e) {
                if (closed) {
                    return;
                }
            }
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection. */
    private final class Line {
        private final Socket client;
        private final Socket database;
        private final Map<String, String> prepared = new HashMap<>();
        private boolean isCommitting;
        private volatile boolean isDoomed;

        Line(Socket client, Socket database) throws IOException {
            this.client = client;
            this.database = database;
            client.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
        }

        void cut() {
            lines.remove(this);
            try (client;
                    database) {
                client.setSoLinger(true, 0);
                database.setSoLinger(true, 0);
            } catch (IOException alreadyGone) {
                // The connection is cut, as intended.
            }
        }

        void forward() {
            try (var in = new DataInputStream(client.getInputStream());
                    var out = new DataOutputStream(
                            new java.io.BufferedOutputStream(database.getOutputStream(), BUFFER))) {
                greet(in, out);
                while (true) {
                    var type = in.read();
                    if (type < 0) {
                        break;
                    }
                    var body = new byte[in.readInt() - Integer.BYTES];
                    in.readFully(body);
                    forward((char) type, body, out, in);
                }
            } catch (IOException gone) {
                // Either side closed the connection.
            } finally {
                cut();
            }
        }

        /** Handles what precedes typed messages: encryption requests, then the start-up message. */
        private void greet(DataInputStream in, DataOutputStream out) throws IOException {
            while (true) {
                var length = in.readInt();
                var body = new byte[length - Integer.BYTES];
                in.readFully(body);
                out.writeInt(length);
                out.write(body);
                out.flush();
                if (!ENCRYPTION_REQUESTS.contains(ByteBuffer.wrap(body).getInt())) {
                    return;
                }
            }
        }

        private void forward(char type, byte[] body, DataOutputStream out, InputStream in) throws IOException {
            inspect(type, body);
            var isEnd = type == 'S' || type == 'Q';
            if (isEnd) {
                roundTrips.incrementAndGet();
                if (isCommitting) {
                    isCommitting = false;
                    commits.incrementAndGet();
                    if (takeOne(commitsToLose)) {
                        throw new IOException("the commit is lost");
                    }
                    isDoomed = takeOne(answersToLose);
                }
                if (latencyNanos > 0) {
                    LockSupport.parkNanos(latencyNanos);
                }
            }
            if (swallowing) {
                return;
            }
            out.write(type);
            out.writeInt(body.length + Integer.BYTES);
            out.write(body);
            if (isEnd || in.available() == 0) {
                out.flush();
            }
        }

        private void inspect(char type, byte[] body) {
            switch (type) {
                case 'Q' -> execute(text(body, 0));
                case 'P' -> {
                    var name = text(body, 0);
                    prepared.put(name, text(body, name.length() + 1));
                }
                case 'B' -> {
                    var portal = text(body, 0);
                    execute(prepared.getOrDefault(text(body, portal.length() + 1), ""));
                }
                default -> {
                    // Does not name a statement.
                }
            }
        }

        private void execute(String statement) {
            isCommitting |= isCommit(statement);
            ear.accept(statement);
        }

        private static boolean isCommit(String statement) {
            return statement.strip().equalsIgnoreCase("commit");
        }

        /** Returns a zero-terminated text. Names and the relevant parts of statements are ASCII. */
        private static String text(byte[] body, int from) {
            var end = from;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            return new String(body, from, end - from, StandardCharsets.ISO_8859_1);
        }

        void backward() {
            try (var in = database.getInputStream();
                    var out = client.getOutputStream()) {
                carry(in, out);
            } catch (IOException gone) {
                // Either side closed the connection.
            } finally {
                cut();
            }
        }

        private void carry(InputStream in, OutputStream out) throws IOException {
            var buffer = new byte[BUFFER];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (isDoomed) {
                    return;
                }
                if (swallowing) {
                    continue;
                }
                var left = bytesToCut.getAndAdd(-read);
                if (left <= read) {
                    bytesToCut.set(Long.MAX_VALUE);
                    out.write(buffer, 0, (int) Math.max(0, left));
                    out.flush();
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static boolean takeOne(AtomicInteger left) {
        return left.getAndUpdate(value -> Math.max(0, value - 1)) > 0;
    }

    /** Waits between two checks of a condition. */
    public static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
