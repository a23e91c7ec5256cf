import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A thread for each connection, which answers what it gets: PORT. */
class Blocking {
  public static void main(String[] arguments) throws Exception {
    InetAddress address = InetAddress.getByName("127.0.0.1");
    try (ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[0]), 128, address)) {
      while (true) {
        Socket connection = listener.accept();
        new Thread(() -> serve(connection)).start();
      }
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      byte[] request = new byte[100];
      int length = connection.getInputStream().read(request);
      if (length > 0) connection.getOutputStream().write(request, 0, length);
    } catch (java.io.IOException gone) {
      // The client has closed; there is nobody to tell.
    }
  }
}
