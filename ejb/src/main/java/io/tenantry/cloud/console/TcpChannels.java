package io.tenantry.cloud.console;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The connections of this node to screens: two threads, started on first use, do the I/O of all of them. */
@ApplicationScoped
public class TcpChannels {
    private static final System.Logger LOG = System.getLogger(TcpChannels.class.getName());
    private static final int WORKERS = 2;

    private Optional<AsynchronousChannelGroup> threads = Optional.empty();
    private boolean isClosed;

    /** Connects; see {@link TcpChannel#open}. */
    TcpChannel connect(InetSocketAddress to, Console console, Duration waitMax) throws IOException {
        return TcpChannel.open(threads(), to, console, waitMax);
    }

    @PreDestroy
    synchronized void close() {
        isClosed = true;
        if (threads.isPresent()) {
            try {
                threads.get().shutdownNow();
            } catch (IOException late) {
                LOG.log(System.Logger.Level.DEBUG, "screens did not stop cleanly: {0}", late.getMessage());
            }
        }
        threads = Optional.empty();
    }

    private synchronized AsynchronousChannelGroup threads() throws IOException {
        if (isClosed) {
            throw new IOException("the node is shutting down");
        }
        if (threads.isEmpty()) {
            threads = Optional.of(AsynchronousChannelGroup.withFixedThreadPool(WORKERS, TcpChannels::daemon));
        }
        return threads.get();
    }

    private static Thread daemon(Runnable work) {
        var thread = Executors.defaultThreadFactory().newThread(work);
        thread.setName("screens");
        thread.setDaemon(true);
        return thread;
    }
}
