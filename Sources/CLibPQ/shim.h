#ifndef HEADWAITER_CLIBPQ_SHIM_H
#define HEADWAITER_CLIBPQ_SHIM_H

#include <libpq-fe.h>

#endif
