/* The least that a room can cost: a loop in C. Words that come in are on disk (fdatasync) before they are sent to all.
   loop FRAME FILE: FRAME holds what is sent for one message, with %s where the words stand. Prints its port, then serves
   until killed. Handshakes are answered without being looked at; only short masked text frames are understood. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 20000, ROOM = 65536 };
static struct pollfd ears[MOST];
static char open_yet[MOST];
static char frame[ROOM], text[ROOM], out[ROOM];
static int count = 1;

static void leave(int n) {
    close(ears[n].fd);
    count--;
    ears[n] = ears[count];
    open_yet[n] = open_yet[count];
}

static void tell(const char *words) {
    int size = snprintf(out + 4, sizeof out - 4, frame, words), start = 0;
    if (size > 125) {
        out[0] = (char)0x81, out[1] = 126, out[2] = (char)(size >> 8), out[3] = (char)size;
    } else {
        start = 2, out[2] = (char)0x81, out[3] = (char)size;
    }
    for (int n = 1; n < count; n++)
        if (open_yet[n]) send(ears[n].fd, out + start, 4 - start + size, MSG_NOSIGNAL);
}

static void heard(const unsigned char *got, long size, int log) {
    long length = got[1] & 127, at = 2;
    if (length == 126) length = got[2] << 8 | got[3], at = 4;
    if (length > 65000 || size < at + 4 + length || (got[0] & 15) != 1) return;
    const unsigned char *mask = got + at;
    for (long n = 0; n < length; n++) text[n] = (char)(got[at + 4 + n] ^ mask[n & 3]);
    text[length] = 0;
    char *words = strstr(text, "\"text\": \"");
    if (!words) return;
    words += 9;
    char *end = strchr(words, '"');
    if (end) *end = 0;
    if (write(log, words, strlen(words)) < 0 || fdatasync(log)) exit(2);
    tell(words);
}

int main(int given, char **words) {
    if (given < 3) return 1;
    int file = open(words[1], O_RDONLY), log = open(words[2], O_CREAT | O_APPEND | O_WRONLY, 0600), yes = 1;
    long size = read(file, frame, sizeof frame - 1);
    if (size <= 0 || log < 0) return 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    ears[0].fd = socket(AF_INET, SOCK_STREAM, 0);
    ears[0].events = POLLIN;
    if (bind(ears[0].fd, (void *)&here, sizeof here) || listen(ears[0].fd, 1024)) return 1;
    getsockname(ears[0].fd, (void *)&here, &length);
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);
    static unsigned char got[ROOM];
    static const char fine[] = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    while (poll(ears, count, -1) >= 0) {
        if (ears[0].revents & POLLIN && count < MOST) {
            ears[count].fd = accept(ears[0].fd, 0, 0);
            setsockopt(ears[count].fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            ears[count].events = POLLIN, ears[count].revents = 0, open_yet[count++] = 0;
        }
        for (int n = 1; n < count; n++) {
            if (!ears[n].revents) continue;
            long came = recv(ears[n].fd, got, sizeof got, 0);
            if (came <= 0) {
                leave(n--);
            } else if (!open_yet[n]) {
                open_yet[n] = 1;
                send(ears[n].fd, fine, sizeof fine - 1, MSG_NOSIGNAL);
            } else {
                heard(got, came, log);
            }
        }
    }
    return 0;
}
