package io.flexhandoff.door;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** Sends bytes that no HTTP client would, over one connection as long as the server keeps it. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    RawHttp(int port) {
        this.port = port;
    }

    /** @param request whole. @return the status of the answer */
    int send(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        String status = line();
        int length = -1;
        boolean kept = true;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
            kept &= !lower.matches("connection:\\s*close");
        }
        in.skipNBytes(Math.max(0, length));
        if (!status.matches("HTTP/1\\.[01] \\d{3} .*")) {
            throw new IOException("No status: " + status);
        }
        int code = Integer.parseInt(status.split(" ")[1]);
        // what cannot be read as a request is followed by nothing
        if (!kept || length < 0 || code == 400 || code == 414 || code == 431) {
            close();
        }
        return code;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The server has hung up after " + line);
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
