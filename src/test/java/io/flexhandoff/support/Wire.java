package io.flexhandoff.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The way to a server of this machine. While it is frozen nothing comes through and nobody is told: a network that drops packets, a host that hangs. */
public final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final Collection<Socket> ends = new ConcurrentLinkedQueue<>();
    private boolean frozen;

    /** @param target port of the server */
    public Wire(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public synchronized void freeze() {
        frozen = true;
    }

    /** What was sent meanwhile comes through now. */
    public synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    private synchronized void awaitThaw() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    private void accept() throws IOException, InterruptedException {
        while (true) {
            Socket client = door.accept();
            start(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException, InterruptedException {
        ends.add(client);
        awaitThaw();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        ends.add(server);
        start(() -> relay(server, client));
        relay(client, server);
    }

    private void relay(Socket from, Socket to) throws IOException, InterruptedException {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[16_384];
            int read;
            while ((read = in.read(bytes)) >= 0) {
                awaitThaw();
                out.write(bytes, 0, read);
                out.flush();
            }
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException gone) {
                        // one end has closed it
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket end : ends) {
            end.close();
        }
    }
}
