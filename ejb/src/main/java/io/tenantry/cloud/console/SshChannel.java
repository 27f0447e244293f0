package io.tenantry.cloud.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** A shell on a server by SSH. Nothing here blocks, except {@link #open}. */
final class SshChannel implements ServerChannel {
    private static final System.Logger LOG = System.getLogger(SshChannel.class.getName());
    private static final String TERMINAL = "xterm-256color";
    private static final Duration OPEN_MAX = Duration.ofSeconds(10);

    private final ClientSession session;
    private final ShellChannel channel;

    private SshChannel(ClientSession session, ShellChannel channel) {
        this.session = session;
        this.channel = channel;
    }

    /** Opens a shell in an authenticated session; its output goes to the console. */
    static SshChannel open(ClientSession session, TerminalSize terminalSize, Console console) throws IOException {
        var terminal = new PtyChannelConfiguration();
        terminal.setPtyType(TERMINAL);
        terminal.setPtyColumns(terminalSize.columns());
        terminal.setPtyLines(terminalSize.rows());
        var channel = new ShellChannel(terminal, Map.of(), console::heard);
        channel.addCloseFutureListener(
                closed -> console.over(channel.isEnded() ? ConsoleEndReason.EXITED : ConsoleEndReason.CONNECTION_LOST));
        var unused = session.getService(ConnectionService.class).registerChannel(channel);
        channel.open().verify(OPEN_MAX);
        return new SshChannel(session, channel);
    }

    @Override
    public void send(byte[] bytes, Consumer<Boolean> sent) {
        try {
            channel.getAsyncIn()
                    .writeBuffer(new ByteArrayBuffer(bytes))
                    .addListener(written -> sent.accept(written.isWritten()));
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a server disconnected: {0}", gone.getMessage());
            sent.accept(false);
        }
    }

    @Override
    public void release(long bytes) {
        try {
            channel.getLocalWindow().release(bytes);
        } catch (IOException | IllegalStateException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a server disconnected: {0}", gone.getMessage());
        }
    }

    @Override
    public void resize(TerminalSize terminalSize) {
        try {
            channel.sendWindowChange(terminalSize.columns(), terminalSize.rows());
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a server disconnected: {0}", gone.getMessage());
        }
    }

    @Override
    public void close() {
        session.close(false);
    }
}
